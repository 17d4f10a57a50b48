import { variables } from '../config/index.ts';
import type { Variable } from '../config/variables.ts';

/** The page docs/reference/configuration.md, from the table that the process itself reads its environment by. */
export function configurationReference(): string {
  return [
    '# Configuration',
    '',
    'Kontor is configured by environment variables; none is needed to try it. An empty one counts as not set. An unknown',
    'name that begins with `KONTOR_`, or a value that is not what is wanted, stops the start with a sentence that says so.',
    '`npx kontor doctor` checks what the values lead to.',
    '',
    '| variable | what it does | wanted | unit | when not set | example |',
    '| --- | --- | --- | --- | --- | --- |',
    ...Object.entries<Variable>(variables).map(([name, variable]) => row(name, variable)),
    '',
  ].join('\n');
}

function row(name: string, { purpose, wanted, unit, fallback, example }: Variable): string {
  const cells = [`\`${name}\``, purpose, wanted, unit ?? '', fallback, `\`${example}\``];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
