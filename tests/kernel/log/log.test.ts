import t from 'tap';
import { current, enterAs } from '../../../kernel/context.ts';
import { createLog } from '../../../kernel/log/index.ts';
import type { StoreContext } from '../../../kernel/context.ts';

function aLog(options: { level?: 'debug' | 'info' | 'silent' } = {}) {
  const written: string[] = [];
  const log = createLog({
    config: { log: { level: options.level ?? 'info', pretty: false } },
    context: current,
    stream: { write: (line) => written.push(line) },
  });
  return { log, written, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}
const store = { ref: { id: 7, handle: 'demo' } } as StoreContext;

t.test('tells store, plugin and request of the code that logs', async (t) => {
  const { log, lines } = aLog();

  enterAs({ actor: { kind: 'anonymous' }, store, plugin: 'notes', requestId: 'r-1' }, () =>
    log.info({ count: 2 }, 'Notes kept'),
  );
  log.warn({}, 'Outside');

  t.match(lines()[0], {
    level: 'info',
    msg: 'Notes kept',
    count: 2,
    store: 'demo',
    storeId: 7,
    plugin: 'notes',
    requestId: 'r-1',
  });
  t.notOk('store' in lines()[1]!);
});

t.test('takes secrets out at any depth, also of bound details, errors and addresses', async (t) => {
  const { log, written } = aLog();
  const error = Object.assign(new Error('No way to postgres://app:hunter2@db/kontor'), {
    code: 'KERNEL_ERR_X',
    details: { resetToken: 'hunter2', address: 'a street' },
    detail: 'Key (email)=(hunter2) exists',
    cause: Object.assign(new Error('inner'), { details: { deep: { password: 'hunter2' } } }),
  });

  log.child({ apiKey: 'hunter2', part: 'mail' }).info(
    {
      password: 'hunter2',
      headers: { authorization: 'hunter2', 'set-cookie': ['hunter2'], accept: 'text/html' },
      list: [{ a: { b: { recoveryCodes: ['hunter2'], code: 'hunter2' } } }],
      bytes: Buffer.from('hunter2'),
      err: error,
    },
    'Tried',
  );

  t.notMatch(written[0], /hunter2/);
  for (const kept of [/a street/, /text\/html/, /KERNEL_ERR_X/, /"inner"/, /"mail"/])
    t.match(written[0], kept);
});

t.test('survives what JSON cannot hold', async (t) => {
  const { log, lines } = aLog();
  const circle: Record<string, unknown> = { big: 10n };
  circle.self = circle;

  log.info({ circle, map: new Map([['a', 1]]) }, 'Odd');

  t.match(lines()[0], { circle: { big: '10' }, map: { a: 1 } });
});

t.test('is silent when told so', async (t) => {
  const { log, written } = aLog({ level: 'silent' });

  log.error({}, 'Nobody hears');

  t.same(written, []);
});
