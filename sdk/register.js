// Lets code outside this package's own folder write `import ... from 'kontor/sdk'` and get the sdk of the Kontor that
// runs it. The plugin host loads this before it imports a plugin; a plugin's own tests can use `node --import`.
import nodeModule from 'node:module';

const { registerHooks } = nodeModule;
if (!registerHooks) {
  console.error(
    `This is Node ${process.version}, which does not run TypeScript. npm has brought a Node along: write \`npx node\` for \`node\``,
  );
  process.exit(1);
}

const targets = new Map(
  Object.entries({ 'kontor/sdk': './index.ts', 'kontor/sdk/testing': './testing.ts' }).map(
    ([specifier, file]) => [specifier, new URL(file, import.meta.url).href],
  ),
);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const url = targets.get(specifier);
    return url ? { url, shortCircuit: true } : nextResolve(specifier, context);
  },
});
