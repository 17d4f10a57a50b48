import { Fuel } from '../../../plugins/liquid/engine/fuel.ts';
import { cardPage } from './card-page.ts';
import { compiledPage } from './compiled-page.ts';

/* A process of its own: renders the page with fuel, or with one that is free, and prints the best batch in CPU milliseconds a page. */

const WARM = 600;
const BATCHES = 25;
const PAGES = 60;

class Free extends Fuel {
  override use(): void {}
  override write(): void {}
}

const { engine, page, card } = compiledPage();
const globals = cardPage.data();
const isFree = process.argv[2] === 'free';
const render = () =>
  engine.render(page, { globals, partial: () => card, fuel: isFree ? new Free() : new Fuel() });

for (let count = 0; count < WARM; count++) render();
const batches = Array.from({ length: BATCHES }, () => {
  const before = process.cpuUsage().user;
  for (let count = 0; count < PAGES; count++) render();
  return (process.cpuUsage().user - before) / 1000 / PAGES;
});
process.stdout.write(String(Math.min(...batches)));
