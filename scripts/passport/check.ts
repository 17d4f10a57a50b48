import type { ErrorClass, JsonSchema, KontorError } from 'kontor/sdk';
import { startTestKernel, type TestKernel } from 'kontor/sdk/testing';
import { within } from '../../kernel/context.ts';
import { errors as hookErrors } from '../../kernel/hooks/errors.ts';
import { migrationErrors } from '../../kernel/migrations/errors.ts';
import { disagreements } from '../../kernel/plugins/agree.ts';
import type { Found } from '../../kernel/plugins/discover.ts';
import { errors } from '../../kernel/plugins/errors.ts';
import { migrationsOf } from '../../kernel/plugins/load.ts';
import { type Family, readFamily, verdict } from './family.ts';
import type { Rule, RuleResult, Word } from './index.ts';
import { checkIsolation } from './isolation.ts';
import { noteRows, tracesOf } from './leftovers.ts';
import { sampleOf } from './sample.ts';
import { checkTexts } from './texts.ts';

type Tell = (word: Word) => Promise<void>;

/** Runs the rules one after the other; the first that fails ends it, except that what data alone tells is told whole. */
export async function check(input: { path: string; hookLimit: number; tell: Tell }): Promise<void> {
  const { family, results } = await readFamily(input.path);
  for (const result of results) await input.tell({ result });
  if (results.some(({ passed }) => !passed)) return;

  const teardowns: (() => Promise<void>)[] = [];
  const bundled = family.plugins.filter(({ source }) => source === 'bundled');
  await input.tell({ checking: 'set-up' });
  const world = await startTestKernel(
    { teardown: (work) => void teardowns.push(work) },
    {
      plugins: [...family.company, ...bundled].map(({ folder }) => folder),
      config: {
        plugins: {
          folders: family.plugins.filter((one) => !bundled.includes(one)).map(({ folder }) => folder),
        },
      },
      hookLimit: input.hookLimit,
      allowSetAside: true, // it is found and told by its rule
    },
  );
  await input.tell({ database: world.kernel.database.target('admin').database });
  try {
    // What comes along is on at once; it begins here as every other does.
    await takeAway(world, bundled);
    for (const [rule, run] of RUNS) {
      await input.tell({ checking: rule });
      const found = await run(world, family);
      for (const result of found) await input.tell({ result });
      if (found.some(({ passed }) => !passed)) return;
    }
  } finally {
    for (const teardown of teardowns) await teardown();
  }
}

type Run = (world: TestKernel, family: Family) => Promise<RuleResult[]>;

const RUNS: readonly (readonly [Rule, Run])[] = [
  ['migrations', checkMigrations],
  ['set-up', checkSetUp],
  ['texts', async (_world, family) => [await checkTexts(family)]],
  ['hooks', async (world, family) => [await checkHooks(world, family)]],
  ['isolation', async (world, family) => [await checkIsolation(world, family)]],
  ['on-off', async (world, family) => [await checkOnOff(world, family)]],
  ['purge', async (world, family) => [await checkPurge(world, family)]],
];

/** Takes every step up, down and up again, and away. */
async function checkMigrations({ kernel }: TestKernel, family: Family): Promise<RuleResult[]> {
  const { migrator } = kernel;
  for (const found of family.plugins) {
    const { id } = found.manifest;
    let rule: Rule = 'migrations';
    try {
      const steps = await migrationsOf(found);
      await migrator.prepare(id);
      await migrator.up(id, steps);
      rule = 'up-down-up';
      await migrator.down(id, steps);
      const left = await relationsOf(kernel, id);
      if (left.length > 0) return [verdict(rule, [`The way down of ${id} leaves ${left.join(', ')}`], '')];
      await migrator.up(id, steps);
    } catch (error) {
      const isCatalogue = (error as KontorError).code === migrationErrors.KERNEL_ERR_MIGRATION_RULES.code;
      return [verdict(isCatalogue ? 'catalogue' : rule, [(error as Error).message], '')];
    } finally {
      await migrator.purge(id);
    }
  }
  return [
    verdict('migrations', [], 'Migrations touch their own schema only'),
    verdict('catalogue', [], 'Every table, key and policy keeps the rules of the catalogue'),
    verdict('up-down-up', [], 'Every step goes up, down and up again'),
  ];
}

async function relationsOf(kernel: TestKernel['kernel'], id: string): Promise<string[]> {
  const rows = await kernel.database.platform.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1`,
    [id.replaceAll('-', '_')],
  );
  return rows.map(({ name }) => name);
}

/** Enables each plugin as an admin would, and tells from the sentence of a failure which rule it broke. */
async function checkSetUp(world: TestKernel, family: Family): Promise<RuleResult[]> {
  for (const found of family.plugins) {
    try {
      await turn(world, found.manifest.id, 'enable');
    } catch (error) {
      return [verdict(brokenRule((error as Error).message), [(error as Error).message], '')];
    }
  }
  const running = world.kernel.plugins.running.filter(({ manifest }) => isOf(family, manifest.id));
  const lies = running.flatMap(({ manifest, definition }) => disagreements(manifest, definition));
  return [
    verdict('definition', lies, 'The definition is just what the manifest says'),
    verdict('set-up', [], 'It loads, is wired and starts in time'),
    verdict('services', [], 'It uses services of plugins it names'),
    verdict('hook-order', [], 'Its handlers can be put in order'),
    verdict('routes', [], `Its routes (${mounted(world, family).length}) state who may call them`),
  ];
}

const SENTENCES: readonly (readonly [Rule, ErrorClass])[] = [
  ['services', errors.KERNEL_ERR_UNDECLARED_SERVICE],
  ['services', errors.KERNEL_ERR_UNKNOWN_SERVICE],
  ['hook-order', hookErrors.KERNEL_ERR_HOOK_CYCLE],
  ['codes', hookErrors.KERNEL_ERR_HOOK_DECLARED_TWICE],
];

function brokenRule(sentence: string): Rule {
  const known = SENTENCES.find(([, { row }]) => saysAll(sentence, row[0].split('%s')));
  if (known) return known[0];
  if (/plugin\.json (names|does not name)/.test(sentence)) return 'definition';
  return /Plugin '[^']+': (GET|POST|PUT|PATCH|DELETE) /.test(sentence) ? 'routes' : 'set-up';
}

/** Whether a sentence was made from a template: its fixed parts occur in order. */
function saysAll(sentence: string, parts: readonly string[]): boolean {
  let at = 0;
  return parts.every((part) => {
    const found = sentence.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
}

/** Lets a sample pass through every filter and guard that these plugins handle. */
async function checkHooks({ kernel, stores }: TestKernel, family: Family): Promise<RuleResult> {
  const store = await kernel.tenancy.byId(stores.a.id);
  const { running } = kernel.plugins;
  const { hooks } = kernel.hooks;
  const faults: string[] = [];
  let count = 0;
  for (const kind of ['filter', 'guard'] as const) {
    for (const name of new Set(
      running.flatMap(({ definition }) => Object.keys(definition[`${kind}s`] ?? {})),
    )) {
      const declared = running
        .map(({ definition }) => definition.declares?.[`${kind}s`]?.[name])
        .find(Boolean);
      if (!declared || !store) continue; // its owner is optional company that is not here
      const schema = 'value' in declared ? declared.value : declared.subject;
      const { steps } = await within({ store, actor: { kind: 'system', reason: 'passport' } }, () =>
        hooks.trace<unknown>(() => {
          const sample = sampleOf(schema as JsonSchema, 'passport') as never;
          return kind === 'filter' ? hooks.filter(name as never, sample) : hooks.guard(name as never, sample);
        }),
      );
      const own = steps.filter(({ plugin }) => isOf(family, plugin));
      count += own.length;
      faults.push(
        ...own.flatMap(({ plugin, fault }) =>
          fault ? [`The handler of ${plugin} for ${kind} ${name}: ${fault}`] : [],
        ),
      );
    }
  }
  return verdict('hooks', faults, `${count} handler(s) answer in time what the schema asks for`);
}

/** Off and on twice: nothing throws, and an address is there exactly while it is on. */
async function checkOnOff(world: TestKernel, family: Family): Promise<RuleResult> {
  const before = mounted(world, family).map(({ address }) => address);
  const faults: string[] = [];
  for (let round = 1; round <= 2; round++) {
    for (const found of family.plugins.toReversed())
      await turn(world, found.manifest.id, 'disable').catch(note);
    const left = mounted(world, family).map(({ address }) => address);
    if (left.length > 0) faults.push(`${left.join(', ')} still answer after it was disabled`);
    for (const found of family.plugins) await turn(world, found.manifest.id, 'enable').catch(note);
    const now = mounted(world, family).map(({ address }) => address);
    if (now.join() !== before.join())
      faults.push(`After round ${round} it answers ${now.join(', ')}, before ${before.join(', ')}`);
  }
  return verdict('on-off', faults, 'It was disabled and enabled twice and is as it was');

  function note(error: Error): void {
    faults.push(error.message);
  }
}

async function checkPurge(world: TestKernel, family: Family): Promise<RuleResult> {
  const { kernel } = world;
  await world.jobs.drain();
  const before = await noteRows(kernel);
  await takeAway(world, family.plugins);
  const left = await tracesOf(
    kernel,
    family.plugins.map(({ manifest }) => manifest),
    before,
  );
  return verdict('purge', left, 'A purge leaves nothing of it');
}

async function takeAway(world: TestKernel, plugins: readonly Found[]): Promise<void> {
  const host = world.kernel.plugins;
  for (const { manifest } of plugins.toReversed()) {
    const { state } = (await host.list()).find(({ id }) => id === manifest.id)!;
    if (state === 'installed') continue;
    await turn(world, manifest.id, 'disable');
    await host.archive(manifest.id);
    await host.purge(manifest.id);
  }
}

/** Does nothing when it is so already: plugins that belong together go off together. */
async function turn({ kernel }: TestKernel, id: string, action: 'enable' | 'disable'): Promise<void> {
  const report = (await kernel.plugins.list()).find((one) => one.id === id);
  if ((report?.state === 'enabled') === (action === 'enable')) return;
  const change = { action, plugin: id, scope: 'platform', along: true } as const;
  await kernel.plugins.apply(await kernel.plugins.plan(change));
}

function mounted({ kernel }: TestKernel, family: Family) {
  return kernel.http.routes.filter(({ plugin }) => plugin !== undefined && isOf(family, plugin));
}

function isOf(family: Family, plugin: string): boolean {
  return family.plugins.some(({ manifest }) => manifest.id === plugin);
}
