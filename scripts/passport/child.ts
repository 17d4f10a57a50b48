import { check } from './check.ts';
import type { Word } from './index.ts';

/* The process in which a plugin is checked. It ends itself, whatever the plugin left running. */
const [path, hookLimit] = process.argv.slice(2);
const tell = (word: Word) => new Promise<void>((resolve) => process.send!(word, () => resolve()));
await check({ path: path!, hookLimit: Number(hookLimit), tell });
process.exit(0);
