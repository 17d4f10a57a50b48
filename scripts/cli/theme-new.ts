import { cp, mkdir, readdir } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, CommandError } from './command.ts';

const STARTER = fileURLToPath(new URL('../new-theme/starter', import.meta.url));

export default {
  words: 'FOLDER',
  async run({ words: [path] }) {
    const folder = resolve(path!);
    const there = await readdir(folder).catch(() => []);
    if (there.length > 0) throw new CommandError(`${path} is not empty; choose another folder`);
    await mkdir(folder, { recursive: true });
    await cp(STARTER, folder, { recursive: true });
    const shown = relative(process.cwd(), folder) || '.';
    return {
      data: { folder },
      text: `Made ${shown}. Go on with\n\n  npx kontor theme check ${shown}\n  npx kontor theme dev ${shown} --store HANDLE`,
    };
  },
} satisfies Command;
