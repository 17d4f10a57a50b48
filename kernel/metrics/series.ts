export type Labels = Readonly<Record<string, string>>;

export type Series<Value> = {
  of(labels?: Labels): Value;
  entries(): { value: Value; labelled(more?: Labels): string }[];
};

// What a caller puts into labels may come from strangers (a path, a host); each new one costs memory for good.
const MOST = 1000;

/** The values of one instrument by labels. Past 1,000 combinations, all new ones are counted under `other`. */
export function createSeries<Value>(fresh: () => Value): Series<Value> {
  const entries = new Map<string, { value: Value; labels: Labels }>();

  function of(labels: Labels = {}): Value {
    const key = keyOf(labels);
    const known = entries.get(key);
    if (known) return known.value;
    const isFull = entries.size >= MOST && Object.values(labels).some((value) => value !== 'other');
    if (isFull) return of(Object.fromEntries(Object.keys(labels).map((name) => [name, 'other'])));
    checkNames(labels);
    const value = fresh();
    entries.set(key, { value, labels });
    return value;
  }

  return {
    of,
    entries: () =>
      [...entries.values()].map(({ value, labels }) => ({
        value,
        labelled: (more) => written({ ...labels, ...more }),
      })),
  };
}

function keyOf(labels: Labels): string {
  const names = Object.keys(labels);
  if (names.length < 2) return names.length === 0 ? '' : `${names[0]}=${labels[names[0]!]}`;
  return JSON.stringify(names.sort().map((name) => [name, labels[name]]));
}

function checkNames(labels: Labels): void {
  const wrong = Object.keys(labels).find((name) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name));
  if (wrong !== undefined) throw new TypeError(`Expected the name of a label such as plugin, got '${wrong}'`);
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(String(value))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
