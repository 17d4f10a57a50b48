import type { Metrics } from 'kontor/sdk';
import { createSeries, type Labels, written } from './series.ts';

/** One line of an instrument: what follows its name, the value, and labels besides its own. */
type Sample = [suffix: string, value: number, more?: Labels];
type Instrument = { kind: string; help: string; of(labels?: Labels): unknown; lines(): string[] };

/**
 * A registry that the kernel and plugins add to. The same name of the same kind gives the same instrument, so that a plugin
 * that starts again goes on counting.
 *
 * @throws TypeError on a name that Prometheus does not know, or one that is of another kind already
 */
export function createMetrics(): Metrics & { text(): string } {
  const instruments = new Map<string, Instrument>();

  /** The states of an instrument by labels. */
  function register<State>(
    { kind, name, help }: { kind: string; name: string; help: string },
    fresh: () => State,
    samples: (state: State) => Sample[],
  ): (labels?: Labels) => State {
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name))
      throw new TypeError(`Expected the name of a metric such as jobs_done_total, got '${name}'`);
    const known = instruments.get(name);
    if (known && known.kind !== kind)
      throw new TypeError(`Expected '${name}' to be a ${known.kind} as it was before, got a ${kind}`);
    if (known) return known.of as (labels?: Labels) => State;
    const { of, all } = createSeries(fresh);
    const lines = () =>
      all().flatMap(({ labels, state }) =>
        samples(state).map(
          ([suffix, value, more]) => `${name}${suffix}${written({ ...labels, ...more })} ${value}`,
        ),
      );
    instruments.set(name, { kind, help, of, lines });
    return of;
  }

  const single = (kind: string, name: string, help: string) =>
    register(
      { kind, name, help },
      () => ({ value: 0 }),
      ({ value }) => [['', value]],
    );

  return {
    counter(name, help) {
      const of = single('counter', name, help);
      return {
        add(count = 1, labels) {
          if (!(count >= 0)) throw new TypeError(`Expected a counter to go up by 0 or more, got ${count}`);
          of(labels).value += count;
        },
      };
    },
    gauge(name, help) {
      const of = single('gauge', name, help);
      return {
        set(value, labels) {
          of(labels).value = value;
        },
      };
    },
    histogram(name, help, buckets) {
      const sorted = [...buckets].sort((a, b) => a - b);
      const of = register(
        { kind: 'histogram', name, help },
        () => ({ sum: 0, count: 0, counts: sorted.map((bound) => ({ bound, count: 0 })) }),
        ({ sum, count, counts }) => [
          ...counts.map((one): Sample => ['_bucket', one.count, { le: String(one.bound) }]),
          ['_bucket', count, { le: '+Inf' }],
          ['_sum', sum],
          ['_count', count],
        ],
      );
      return {
        observe(value, labels) {
          const state = of(labels);
          state.sum += value;
          state.count += 1;
          for (const one of state.counts) if (value <= one.bound) one.count += 1;
        },
      };
    },
    text() {
      const blocks = [...instruments].map(([name, { kind, help, lines }]) => {
        const escaped = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
        return [`# HELP ${name} ${escaped}`, `# TYPE ${name} ${kind}`, ...lines(), ''].join('\n');
      });
      return blocks.join('');
    },
  };
}
