import t from 'tap';
import { enterAs, type StoreContext } from '../../../kernel/context.ts';
import type { Config } from '../../../kernel/parts.ts';
import { commandLog } from '../../../scripts/cli/readable-log.ts';

const store = { ref: { id: 7, handle: 'demo' } } as StoreContext;

t.test('reads well in development', async (t) => {
  const written: string[] = [];
  const config = { log: { level: 'info', pretty: true } } as Config;
  const log = commandLog(config, { write: (line) => written.push(line) });

  enterAs({ actor: { kind: 'anonymous' }, store, plugin: 'notes' }, () =>
    log.error({ id: 12, err: new Error('outer', { cause: new Error('inner') }) }, 'Note lost'),
  );

  t.match(written[0], /^\d\d:\d\d:\d\d .*error.* demo notes: Note lost id=12\n {2}Error: outer\n/);
  t.match(written[0], /caused by Error: inner/);
});
