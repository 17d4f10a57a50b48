import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import t from 'tap';
import { brokenBoundaries } from '../../../scripts/boundaries/check.ts';
import { importsOf } from '../../../scripts/boundaries/imports.ts';
import { aFolder } from '../plugins/workshop.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const script = join(root, 'scripts/check-boundaries.ts');
type Test = Parameters<typeof aFolder>[0];

function aTree(t: Test, files: Record<string, string>): string {
  const tree = aFolder(t);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
  return tree;
}
const broken = (t: Test, files: Record<string, string>) => brokenBoundaries(aTree(t, files));

t.test('holds for our own tree', async (t) => {
  t.same(brokenBoundaries(root), []);
});

t.test('fails, with file, line and reason, when a plugin is made to import the kernel', async (t) => {
  const tree = aTree(t, {
    'plugins/notes/index.ts':
      "import { definePlugin } from 'kontor/sdk';\nimport type { Config } from '../../kernel/parts.ts';\n",
  });
  const ran = t.throws(() =>
    execFileSync(process.execPath, [script, tree], { stdio: 'pipe' }),
  ) as unknown as { status: number; stderr: Buffer };
  t.equal(ran.status, 1);
  t.match(
    `${ran.stderr}`,
    /^plugins\/notes\/index\.ts:2 {2}imports '\.\.\/\.\.\/kernel\/parts\.ts', but plugins\/\*\/ imports .* only: plugins meet through services/,
  );
});

t.test('lets plugins meet by the sdk only, and tests use the test kit', async (t) => {
  t.same(
    broken(t, {
      'plugins/a/index.ts':
        "import { x } from './services/x.ts'; import { readFile } from 'node:fs/promises'; import { route } from 'kontor/sdk';",
      'plugins/a/tests/a.test.ts':
        "import t from 'tap'; import { startTestKernel } from 'kontor/sdk/testing'; import { x } from '../services/x.ts';",
      'examples/e/index.js': "import { route } from 'kontor/sdk';",
      'sdk/testing/x.ts': "import { startKernel } from '../../kernel/kernel.ts'; import pg from 'pg';",
      'kernel/x.ts': "import type { Id } from 'kontor/sdk'; import fastify from 'fastify';",
    }),
    [],
  );
  t.match(
    broken(t, {
      'plugins/a/index.ts': "export { y } from '../b/index.ts';",
      'plugins/a/services/x.ts': "const kit = await import('kontor/sdk/testing');",
      'examples/e/index.js': "import '../../plugins/a/index.ts';",
      'sdk/index.ts': "import type { Config } from '../kernel/parts.ts';",
      'sdk/http.ts': "import { testing } from './testing/x.ts';",
      'kernel/x.ts': "import { a } from '../plugins/a/index.ts';",
      'migrations/0001-x.ts': "import { x } from '../kernel/x.ts';",
      'themes/dawn/assets/x.js': "import '../../../kernel/x.ts';",
    }),
    [
      /^kernel\/x\.ts:1 .*knows no capability/,
      /^sdk\/http\.ts:1 /,
      /^sdk\/index\.ts:1 /,
      /^plugins\/a\/index\.ts:1 .*'\.\.\/b\/index\.ts'/,
      /^plugins\/a\/services\/x\.ts:1 .*'kontor\/sdk\/testing'/,
      /^examples\/e\/index\.js:1 /,
      /^migrations\/0001-x\.ts:1 /,
      /^themes\/dawn\/assets\/x\.js:1 .*no code that runs on the server/,
    ],
  );
});

t.test(
  'lets modules for the browser load what their page allows, and keeps them and the server apart',
  async (t) => {
    t.same(
      broken(t, {
        'plugins/a/window/a.js': "const { mount } = await import(data.module); import './b.js';",
        'plugins/a/window/b.js': '',
        'plugins/a/browser/c.js': 'await import(address);',
      }),
      [],
    );
    t.match(
      broken(t, {
        'plugins/a/index.ts': "import './window/a.js';",
        'plugins/a/window/a.js':
          "import { x } from '../services/x.ts';\nimport 'node:fs';\nimport 'kontor/sdk';",
        'plugins/a/browser/b.js': "import '../../b/browser/x.js'; import '../window/a.js';",
        'plugins/a/services/x.ts': 'await import(name);',
        'plugins/a/windows/x.ts': 'await import(name);',
      }),
      [
        /^plugins\/a\/browser\/b\.js:1 .*'\.\.\/\.\.\/b\/browser\/x\.js'/,
        /^plugins\/a\/browser\/b\.js:1 .*'\.\.\/window\/a\.js'/,
        /^plugins\/a\/index\.ts:1 .*'\.\/window\/a\.js', which is for browsers only/,
        /^plugins\/a\/services\/x\.ts:1 .*computed name/,
        /^plugins\/a\/window\/a\.js:1 .*runs in the browser/,
        /^plugins\/a\/window\/a\.js:2 .*Node is not there/,
        /^plugins\/a\/window\/a\.js:3 .*runs in the browser/,
        /^plugins\/a\/windows\/x\.ts:1 .*computed name/,
      ],
    );
  },
);

t.test('gives each library to its owner, types too', async (t) => {
  t.match(
    broken(t, {
      'plugins/a/index.ts':
        "import { Pool } from 'pg';\nimport type { FastifyInstance } from 'fastify';\nimport lodash from 'lodash/fp';",
      'sdk/services.ts': "import type { Model } from 'sequelize';",
      'sdk/models.ts': "import type { Model } from 'sequelize';",
    }),
    [
      /^sdk\/models\.ts:1 .*'sequelize', which belongs to kernel/,
      /^plugins\/a\/index\.ts:1 .*'pg', which belongs to kernel/,
      /^plugins\/a\/index\.ts:2 .*'fastify', which belongs to kernel/,
      /^plugins\/a\/index\.ts:3 .*'lodash', which has no owner/,
    ],
  );
});

t.test('names a circle of imports that run, not of types', async (t) => {
  const circle = {
    'kernel/a.ts': "import { b } from './b.ts';",
    'kernel/b.ts': "import { a } from './a.ts';",
  };
  t.match(broken(t, circle), [/kernel\/a\.ts -> kernel\/b\.ts -> kernel\/a\.ts/]);
  t.same(broken(t, { ...circle, 'kernel/b.ts': "import type { A } from './a.ts';" }), []);
});

t.test('sees every way to import, and nothing else', async (t) => {
  const source = `
    import a, { type B } from 'one'; import 'two'; export * from "three";
    export type { C } from 'four';
    const later = await import('five'); const old = require('six');
    type D = import('seven').D;
    const computed = import(later);
    // import 'no'
    /* import 'no' */
    const words = "import 'no' from 'no'", more = \`import 'no' \${await import('eight')} from 'no' \${\`\${1}\`}\`;
    const pattern = /import 'no' [/"] from 'no'/g, half = 4 / 2; /'/.test(words);
    class Reader { import(file: string): void {} require(feature: string): void {} }
    reader.import('no'); Array.from('no');
  `;
  const seen = importsOf(source);
  t.same(
    seen.map(({ specifier }) => specifier),
    ['one', 'two', 'three', 'four', 'five', 'six', 'seven', undefined, 'eight'],
  );
  t.same(
    seen.filter(({ isType }) => isType).map(({ specifier }) => specifier),
    ['four'],
  );
  t.same(
    seen.map(({ line }) => line),
    [2, 2, 2, 3, 4, 4, 5, 6, 9],
  );
});

/** A template in a hole of a template in a hole. */
const HOLES = 'f(`$' + '{`$' + '{1}`}`);';

t.test('finds an import behind whatever stands before it', async () => {
  const pieces = fc.constantFrom(
    "'it''s';",
    '`a $' + '{b} c`;',
    '// said "so\n',
    '/* `${ */',
    'x = a / b / c;',
    '/[/`]/.test(x);',
    '"\\\\";',
    HOLES,
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (before) => {
      const found = importsOf(`${before.join('\n')}\nimport x from 'wanted';`);
      return found.length === 1 && found[0]!.specifier === 'wanted';
    }),
  );
});
