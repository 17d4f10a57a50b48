import type { Metrics } from 'kontor/sdk';
import { createSeries, type Labels, type Series } from './series.ts';

type Instrument = { kind: string; help: string; lines(name: string): string[] };

/**
 * A registry that the kernel and plugins add to. The same name of the same kind gives the same instrument, so that a plugin
 * that starts again goes on counting.
 *
 * @throws TypeError on a name that Prometheus does not know, or one that is of another kind already
 */
export function createMetrics(): Metrics & { text(): string } {
  const instruments = new Map<string, Instrument>();

  function instrument<Made extends Instrument>(name: string, fresh: Made): Made {
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name))
      throw new TypeError(`Expected the name of a metric such as jobs_done_total, got '${name}'`);
    const known = instruments.get(name) ?? fresh;
    if (known.kind !== fresh.kind)
      throw new TypeError(`Expected '${name}' to be a ${known.kind} as it was before, got a ${fresh.kind}`);
    instruments.set(name, known);
    return known as Made;
  }

  return {
    counter: (name, help) => instrument(name, counter(help)),
    gauge: (name, help) => instrument(name, gauge(help)),
    histogram: (name, help, buckets) => instrument(name, histogram(help, buckets)),
    text() {
      const blocks = [...instruments].map(([name, { kind, help, lines }]) =>
        [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${kind}`, ...lines(name), ''].join('\n'),
      );
      return blocks.join('');
    },
  };
}

function counter(help: string) {
  const series = createSeries(() => ({ value: 0 }));
  return {
    kind: 'counter',
    help,
    lines: plainLines(series),
    add(count = 1, labels?: Labels) {
      if (!(count >= 0)) throw new TypeError(`Expected a counter to go up by 0 or more, got ${count}`);
      series.of(labels).value += count;
    },
  };
}

function gauge(help: string) {
  const series = createSeries(() => ({ value: 0 }));
  return {
    kind: 'gauge',
    help,
    lines: plainLines(series),
    set(value: number, labels?: Labels) {
      series.of(labels).value = value;
    },
  };
}

function histogram(help: string, buckets: readonly number[]) {
  const bounds = [...buckets].sort((a, b) => a - b);
  const series = createSeries(() => ({ counts: bounds.map(() => 0), sum: 0, count: 0 }));
  return {
    kind: 'histogram',
    help,
    lines: (name: string) =>
      series
        .entries()
        .flatMap(({ value: { counts, sum, count }, labelled }) => [
          ...bounds.map(
            (bound, index) => `${name}_bucket${labelled({ le: String(bound) })} ${counts[index]}`,
          ),
          `${name}_bucket${labelled({ le: '+Inf' })} ${count}`,
          `${name}_sum${labelled()} ${sum}`,
          `${name}_count${labelled()} ${count}`,
        ]),
    observe(value: number, labels?: Labels) {
      const state = series.of(labels);
      state.sum += value;
      state.count += 1;
      for (const [index, bound] of bounds.entries()) if (value <= bound) state.counts[index]! += 1;
    },
  };
}

function plainLines(series: Series<{ value: number }>): (name: string) => string[] {
  return (name) => series.entries().map(({ value: { value }, labelled }) => `${name}${labelled()} ${value}`);
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
