import { mkdir, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { SHOPS } from '../data/index.ts';
import type { DemoProduct } from '../data/shape.ts';
import { PALETTES, type PaletteName, scene } from './scene.ts';
import { THINGS, type ThingName } from './things.ts';

/* Draws the pictures of the demo's products again: node scripts/demo/drawings/draw.ts */

const FOLDER = new URL('../pictures/', import.meta.url);

/** One picture for each thing in each palette that a product wants. */
export function pictureNames({ thing, palettes }: Pick<DemoProduct, 'thing' | 'palettes'>): string[] {
  return [...new Set(palettes)].map((palette) => `${thing}-${palette}`);
}

if (import.meta.main) {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER);
  const products = SHOPS.flatMap((shop) => shop.products);
  for (const name of new Set(products.flatMap(pictureNames))) {
    const [thing, palette] = name.split('-') as [ThingName, PaletteName];
    const size = 800; // pixels; more than any screen shows of one in a grid
    const drawn = scene(PALETTES[palette], THINGS[thing](PALETTES[palette]));
    await writeFile(
      new URL(`${name}.webp`, FOLDER),
      await sharp(Buffer.from(drawn)).resize(size).webp({ quality: 86 }).toBuffer(),
    );
  }
}
