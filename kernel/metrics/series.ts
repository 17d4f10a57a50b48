export type Labels = Readonly<Record<string, string>>;

// What a caller puts into labels may come from strangers (a path, a host); each new one costs memory for good.
const MOST = 1000;

/** The states of one instrument by labels. Past 1,000 combinations, all new ones are counted under `other`. */
export function createSeries<State>(fresh: () => State) {
  const entries = new Map<string, { labels: Labels; state: State }>();

  function of(labels: Labels = {}): State {
    const key = keyOf(labels);
    const known = entries.get(key);
    if (known) return known.state;
    const isFull = entries.size >= MOST && Object.values(labels).some((value) => value !== 'other');
    if (isFull) return of(Object.fromEntries(Object.keys(labels).map((name) => [name, 'other'])));
    const wrong = Object.keys(labels).find((name) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name));
    if (wrong !== undefined)
      throw new TypeError(`Expected the name of a label such as plugin, got '${wrong}'`);
    const state = fresh();
    entries.set(key, { labels, state });
    return state;
  }

  return { of, all: () => [...entries.values()] };
}

function keyOf(labels: Labels): string {
  const names = Object.keys(labels);
  if (names.length < 2) return names.length === 0 ? '' : `${names[0]}=${labels[names[0]!]}`;
  return JSON.stringify(names.sort().map((name) => [name, labels[name]]));
}

/** Labels as Prometheus reads them: `{plugin="notes"}`. */
export function written(labels: Labels): string {
  const escaped = (value: string) =>
    value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
