// Holds the embedded PostgreSQL of a home until it is told to stop, as `npm start` does. Started by embedded.test.ts.
import { openEmbedded } from '../../scripts/embedded/index.ts';

const [, , home, how] = process.argv;
const say = (event: string, details: object = {}) =>
  process.stdout.write(`${JSON.stringify({ event, ...details })}\n`);
const log = {
  warn: (_: object, message: string) => say(message),
  error: (details: object) => say('error', details),
};

try {
  const { target, adopted, stop } = await openEmbedded({ home: home!, durable: how === 'durable', log });
  process.stdin.once('end', async () => {
    await stop();
    say('stopped');
  });
  process.stdin.resume();
  say('open', { target, adopted });
} catch (error) {
  say('refused', { code: (error as { code?: string }).code, message: (error as Error).message });
}
