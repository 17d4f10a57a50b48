import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const CHILD = fileURLToPath(new URL('./still-child.ts', import.meta.url));
const REGISTER = fileURLToPath(new URL('../../../sdk/register.js', import.meta.url));

const child = (filter: string) =>
  new Promise<{ signal: unknown; said: string }>((resolve) => {
    execFile(process.execPath, [`--import=${REGISTER}`, CHILD, filter], (error, stdout, stderr) => {
      resolve({ signal: error?.signal ?? null, said: stdout + stderr });
    });
  });

t.test('ends a process in which a render stands still, and says which', async (t) => {
  const { signal, said } = await child('hangs');
  t.equal(signal, 'SIGKILL');
  t.match(
    said,
    /^watchdog: rendering store 17 theme 4 sections\/slow stood still for \d+ ms, the process ends$/m,
  );
});

t.test('lets one be that renders page after page', async (t) => {
  t.same(await child('works'), { signal: null, said: 'done' });
});
