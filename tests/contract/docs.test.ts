import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { variables } from '../../scripts/config/index.ts';
import { commands } from '../../scripts/cli/commands.ts';
import { faultsOfErrors, knownErrors } from '../../scripts/reference/errors.ts';
import { pages as references } from '../../scripts/reference/pages.ts';
import { faultsOfRules } from '../../scripts/reference/schema-rules.ts';
import { undocumented } from '../../scripts/reference/sdk.ts';
import { anchorsOf, pages, root } from './pages.ts';

const byFile = new Map(pages.map((page) => [page.file, page]));
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
/** Files of plugins that a reader makes, and the one file that a decision says is not there yet. */
const NOT_OURS = /^(plugins\/notes\/|migrations\/\d{4}-(make|what)-|tests\/notes\.|scripts\/distribute\.ts$)/;

t.test('the reference says what the code says; else: npm run gen:reference', async (t) => {
  for (const [file, make] of Object.entries(references)) {
    t.equal(byFile.get(`docs/reference/${file}`)?.text, await make(), file);
  }
});

t.test('every exported name of the SDK says what it is good for', async (t) => {
  t.same(undocumented(), []);
});

t.test('every error has a way out, every rule of the schema its words', async (t) => {
  t.same(await faultsOfErrors(), []);
  t.same(faultsOfRules(), []);
});

t.test('every route of a running platform is in the reference', async (t) => {
  const plugins = globSync('plugins/*/plugin.json', { cwd: root }).map((file) => file.split('/')[1]!);
  const { kernel } = await startTestKernel(t, { plugins, until: 'control' });
  const text = byFile.get('docs/reference/http.md')!.text;
  const missing = kernel.http.routes
    .map(({ route, address }) => `${route.method} ${address}`)
    .filter((name) => !text.includes(`\`${name}\``));
  t.ok(kernel.http.routes.length > 50);
  t.same(missing, []);
});

t.test('every link leads somewhere', async (t) => {
  const broken = pages.flatMap((page) =>
    [...withoutCode(page.text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(page.file, link))
      .map((link) => `${page.file}: ${link}`),
  );
  t.same(broken, []);
});

t.test('every command in a page exists, with its options', async (t) => {
  const faults: string[] = [];
  for (const { file, text } of pages) {
    for (const [, name] of text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)) {
      if (!scripts[name!]) faults.push(`${file}: npm run ${name}`);
    }
    for (const [whole, words] of text.matchAll(/\bnpx kontor ([a-z][^`\n]*)/g)) {
      const fault = await faultOfCommand(words!);
      if (fault) faults.push(`${file}: ${whole}: ${fault}`);
    }
  }
  t.same(faults, []);
});

t.test('every script of package.json is there', async (t) => {
  const files = Object.values(scripts).flatMap((script) => script.match(/scripts\/[\w./-]+/g) ?? []);
  t.same(
    files.filter((file) => !existsSync(join(root, file))),
    [],
  );
});

t.test('every file, variable, error and metric that a page names is there', async (t) => {
  const codes = (await knownErrors()).map(({ code }) => code);
  const source = globSync('{kernel,scripts}/**/*.ts', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const isKnown: readonly [pattern: RegExp, test: (name: string) => boolean][] = [
    [
      /\bKERNEL_ERR_[A-Z_]+\b/g,
      (name) => codes.some((code) => code === name || (name.endsWith('_') && code.startsWith(name))),
    ],
    [/\bKONTOR_[A-Z_]+\b/g, (name) => Object.hasOwn(variables, name)],
    [/\bkontor_[a-z]+_[a-z_]+\b/g, (name) => source.includes(`'${name}'`)],
  ];
  const handwritten = pages.filter(({ file }) => !file.startsWith('docs/reference/'));
  const faults = handwritten.flatMap(({ file, text }) =>
    [
      ...isKnown.flatMap(([pattern, test]) => (text.match(pattern) ?? []).filter((name) => !test(name))),
      ...filesIn(text).filter((name) => !NOT_OURS.test(name) && !existsSync(join(root, name))),
    ].map((name) => `${file}: ${name}`),
  );
  t.same(faults, []);
});

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? from : posix.join(dirname(from), path);
  if (!existsSync(join(root, file))) return false;
  const page = byFile.get(file);
  return anchor === undefined || (page !== undefined && anchorsOf(page).has(anchor));
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
}

async function faultOfCommand(written: string): Promise<string | undefined> {
  const words = written.trim().split(/\s+/);
  const name = [words.slice(0, 2).join(' '), words[0]!].find((one) => one in commands);
  if (name === undefined) return 'there is no such command';
  const { default: command } = await commands[name]!.load();
  const known = ['json', 'help', ...Object.keys(command.options ?? {})];
  const flags = words.flatMap((word) => /^--([a-z-]+)/.exec(word)?.[1] ?? []);
  const unknown = flags.filter((flag) => !known.includes(flag));
  return unknown.length > 0 ? `it has no option --${unknown.join(', --')}` : undefined;
}

/** Paths from the root, and bare names of files that follow one in the same line. */
function filesIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    let folder: string | undefined;
    const names = line.match(/(?<![\w/.{}-])[\w-]+(?:\/[\w.-]+)*\.(?:ts|js|cjs)\b(?![\w/])/g) ?? [];
    return names.flatMap((name) => {
      if (/^(kernel|scripts|sdk|tests|migrations|examples|plugins)\//.test(name)) {
        folder = posix.dirname(name);
        return [name];
      }
      return folder && !name.includes('/') ? [posix.join(folder, name)] : [];
    });
  });
}
