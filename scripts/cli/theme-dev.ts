import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Command, CommandError, UsageError } from './command.ts';
import { archiveOf, readLocal, zipOf } from './theme/local.ts';
import { CONNECTION, numberOf, type Platform, platformOf } from './theme/platform.ts';
import { startProxy } from './theme/proxy.ts';
import { watchFolder } from './theme/watch.ts';

const PREVIEW_HOURS = 720;

export default {
  words: 'FOLDER',
  options: { ...CONNECTION.options, theme: { type: 'string' }, port: { type: 'string' } },
  explain: {
    ...CONNECTION.explain,
    theme: 'Number of the theme that is worked on; a new one when left out, which nobody else sees',
    port: 'Where pages are shown on this machine; 9292 when left out',
  },
  async run({ words: [path], options }) {
    const platform = platformOf({ options });
    const local = await readLocal(path!);
    const id = await begin(platform, {
      archive: await archiveOf(local),
      theme: options.theme,
      folder: local.folder,
    });
    const { address, token } = await platform.previewLink(id, PREVIEW_HOURS);
    const proxy = await startProxy({
      store: storeAt(address),
      cookie: `kontor_theme_preview=${token}`,
      port: portOf(options.port),
    });
    say(`Theme ${id} is shown at ${proxy.address} and follows ${path}; Ctrl+C ends it`);
    const stop = watchFolder(local.folder, async (paths) => {
      try {
        const number = await pushSome({ platform, id, folder: local.folder, paths });
        say(`${paths.join(', ')}: version ${number}`);
        proxy.reload(paths.join(', '));
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        say(error.message);
      }
    });
    await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
    stop();
    proxy.close();
    return undefined;
  },
} satisfies Command;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function begin(
  platform: Platform,
  { archive, theme, folder }: { archive: Buffer; theme: string | boolean | undefined; folder: string },
): Promise<number> {
  if (theme === undefined)
    return (await platform.install(archive, `Development of ${basename(folder)}`)).theme.id;
  const id = numberOf(theme);
  const { live } = await platform.theme(String(id));
  if (live !== null) say(`Visitors see version ${live} of theme ${id}; what is pushed now they do not`);
  await platform.push(id, archive, 'replace');
  return id;
}

/** Files that are there are written, those that are not are taken away. */
async function pushSome(input: {
  platform: Platform;
  id: number;
  folder: string;
  paths: readonly string[];
}): Promise<number> {
  const { platform, id, folder, paths } = input;
  const there = new Map<string, Buffer>();
  for (const path of paths) {
    const content = await readFile(join(folder, path)).catch(() => undefined);
    if (content) there.set(path, content);
  }
  let { head: number } = await platform.theme(String(id));
  if (there.size > 0) number = (await platform.push(id, await zipOf(there), 'merge')).version.number;
  for (const path of paths.filter((one) => !there.has(one))) {
    const answer = await platform.send('DELETE', `/${id}/files/${path}?from=${number}`);
    number = ((await answer.json()) as { number: number }).number;
  }
  return number;
}

function storeAt(address: string): URL {
  const store = new URL(address);
  if (store.protocol !== 'http:') {
    throw new CommandError(
      `This shows stores over http only; open ${address} and push with kontor theme push`,
    );
  }
  return store;
}

function portOf(given: string | boolean | undefined): number {
  if (given === undefined) return 9292;
  if (typeof given === 'string' && /^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given);
  throw new UsageError(`Expected a port for --port, got '${given}'`);
}
