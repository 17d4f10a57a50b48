// Lets this process pass for a Node that cannot run TypeScript; for tests of the launcher.
Object.defineProperty(process.versions, 'node', { value: '20.1.0' });
