import { commands } from '../cli/commands.ts';
import { overview, usage } from '../cli/help.ts';

/** The page docs/reference/cli.md: what each command says of itself by --help. */
export async function commandsReference(): Promise<string> {
  const pages = await Promise.all(
    Object.entries(commands).map(async ([name, { load }]) => {
      const { default: command } = await load();
      return [`## kontor ${name}`, '', '```', usage(name, command), '```', ''];
    }),
  );
  return [
    '# Command line',
    '',
    '`npx kontor` from the folder of Kontor. A command exits with 0, with 1 when what was asked for did not come out well, and',
    'with 2 when it was not understood. Variables: [configuration](configuration.md).',
    '',
    '```',
    overview(),
    '```',
    '',
    ...pages.flat(),
  ].join('\n');
}
