/** Reads `a=1&metadata[key]=x&expand[0]=y` as Stripe does: objects by names, lists by numbers or `[]`. */
export function readForm(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    let place = root;
    for (const part of path.slice(0, -1)) {
      place[part] ??= {};
      place = place[part] as Record<string, unknown>;
    }
    place[path.at(-1)!] = value;
  }
  return root;
}
