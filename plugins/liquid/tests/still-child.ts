import { createEngine } from '../engine/engine.ts';
import { themeTables } from '../engine/tables.ts';
import { startWatchdog } from '../watchdog/watchdog.ts';

/* In a process of its own: renders a page that never ends, or many that do, under a watchdog that waits for 800 ms. */

startWatchdog({ stillFor: 800 });
const began = performance.now();
const filters = {
  hangs: () => {
    for (;;);
  },
  works: (input: unknown) => {
    const until = performance.now() + 20;
    while (performance.now() < until);
    return input;
  },
};
const engine = createEngine(themeTables({ filters }));
const template = engine.compile(`{{ 1 | ${process.argv[2]} }}`, 'sections/slow');
while (performance.now() - began < 2000) engine.render(template, { label: 'store 17 theme 4' });
process.stdout.write('done');
process.exit(0);
