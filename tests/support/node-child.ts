import { startKernel } from '../../kernel/kernel.ts';
import type { ConnectionTarget } from '../../kernel/parts.ts';
import { silentLog, testConfig } from '../../sdk/testing/database.ts';

/* A second process on a test's database: listens, prints where, and ends when it is told to. */

const { target, bundled } = JSON.parse(process.argv[2]!) as { target: ConnectionTarget; bundled: string };
const config = testConfig();
const kernel = await startKernel({
  config: { ...config, role: 'web' },
  target,
  log: silentLog(),
  places: { bundled, modules: [] },
});
process.stdout.write(`${kernel.address}\n`);
process.once('SIGTERM', async () => {
  await kernel.stop();
  process.exit(0);
});
