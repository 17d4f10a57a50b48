import { rmSync } from 'node:fs';
import { openTestServer, runFile } from '../../sdk/testing/server.ts';

if (!process.env.KONTOR_TEST_DATABASE_URL) {
  rmSync(runFile, { force: true });
  const { stop } = await openTestServer();
  await stop();
}
