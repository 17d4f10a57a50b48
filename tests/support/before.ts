import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openTestServer, runFile } from '../../sdk/testing/server.ts';

// Starts one server for the whole run and leaves it running: tests are processes of their own, and adopt it.
if (!process.env.KONTOR_TEST_DATABASE_URL) {
  const { target } = await openTestServer();
  mkdirSync(dirname(runFile), { recursive: true });
  writeFileSync(runFile, JSON.stringify(target));
}
