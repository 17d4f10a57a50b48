import type { Context, Emitter, Liquid, Template } from 'liquidjs';
import type { Run } from './engine.ts';
import type { Fuel } from './fuel.ts';

/** Makes every list of nodes, so every turn of a loop, and every letter that is written, spend fuel. */
export function meter({ renderer }: Liquid, run: () => Run): void {
  const render = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = function* (templates: Template[], context: Context, emitter?: Emitter) {
    const { fuel } = run();
    fuel.use(1 + templates.length);
    return yield* render(templates, context, emitter ?? meteredEmitter(fuel));
  };
}

function meteredEmitter(fuel: Fuel): Emitter {
  return {
    buffer: '',
    write(part: unknown) {
      const text = part === null || part === undefined ? '' : String(part);
      fuel.use(text.length / 64);
      fuel.write(text.length);
      this.buffer += text;
    },
  };
}
