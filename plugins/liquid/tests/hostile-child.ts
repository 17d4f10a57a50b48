import { endOf, HOSTILE } from './hostile.ts';
import { engine } from './rendered.ts';

/* In a process of its own, with little room: renders each hostile template, and prints how it ended and what memory it took. */

const before = process.resourceUsage().maxRSS;
const ends = Object.entries(HOSTILE).map(([name, hostile]) => {
  const { end, text, left } = endOf(hostile, engine);
  return [name, { end, left, says: hostile.says === undefined || text.includes(hostile.says) }];
});
const grownKilobytes = process.resourceUsage().maxRSS - before;
process.stdout.write(JSON.stringify({ ends: Object.fromEntries(ends), grownKilobytes }));
