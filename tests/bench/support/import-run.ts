import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { startRun } from '../../../plugins/import/actions/start-run.ts';
import { createFile } from '../../../plugins/import/services/file.ts';
import { createRuns } from '../../../plugins/import/services/runs.ts';
import { withKernel } from './world.ts';

export type Imported = { rows: number; bytes: number; milliseconds: number; peakMegabytes: number };

/** Imports a made-up file, and looks at the memory of the process all the while. */
export async function importOf(size: { products: number; descriptionBytes: number }): Promise<Imported> {
  return withKernel({ plugins: ['import', 'inventory'] }, async ({ inStore, jobs }) => {
    let peak = 0;
    const watch = new AbortController();
    const watching = (async () => {
      while (!watch.signal.aborted) {
        peak = Math.max(peak, process.memoryUsage.rss());
        await pause(20);
      }
    })();
    const file = Readable.from(csv(size));
    const began = performance.now();
    const runId = await inStore('a', 'import', async (services) => {
      const id = await createRuns(services).create({ fileName: 'bench.csv', isDryRun: false });
      const kept = await createFile(services).append(id, { stream: file, offset: 0, isWhole: true });
      if (!kept.ok) throw new Error(`Expected the file to be kept, got ${kept.refusal}`);
      await startRun(services, id, ['uploading']);
      return id;
    });
    await jobs.drain();
    const milliseconds = performance.now() - began;
    watch.abort();
    await watching;
    const run = await inStore('a', 'import', ({ imports }) => imports.find(runId));
    if (run?.created !== size.products)
      throw new Error(`Expected ${size.products} products, got ${JSON.stringify(run)}`);
    return { rows: run.records, bytes: run.bytes, milliseconds, peakMegabytes: peak / 1_048_576 };
  });
}

/** Three variants a product; the words differ so that nothing is the same twice. */
function* csv({
  products,
  descriptionBytes,
}: {
  products: number;
  descriptionBytes: number;
}): Generator<Buffer> {
  yield Buffer.from('handle,title,description,vendor,tags,option1_name,option1_value,sku,price,stock\n');
  const words = '<p>A thing of good use, made by hand in a small house near the river.</p> ';
  const description = words.repeat(Math.ceil(descriptionBytes / words.length)).slice(0, descriptionBytes);
  let lines: string[] = [];
  for (let at = 0; at < products; at += 1) {
    const handle = `thing-${at}`;
    lines.push(
      `${handle},Thing ${at},"${description}",House ${at % 50},"tag-${at % 7}, tag-${at % 11}",Size,S,T-${at}-S,12.50,10`,
    );
    for (const size of ['M', 'L']) lines.push(`${handle},,,,,,${size},T-${at}-${size},13.50,5`);
    if (lines.length < 100) continue;
    yield Buffer.from(`${lines.join('\n')}\n`);
    lines = [];
  }
  yield Buffer.from(`${lines.join('\n')}\n`);
}
