import type { Readable } from 'node:stream';

/** A form or JSON as themes send it: names with brackets are lists and objects. */
export type CartBody = Readonly<Record<string, unknown>>;

const LARGEST = 256 * 1024; // bytes; room for a cart of some hundred lines with their engravings
const MOST_FIELDS = 1000;
const DEEPEST = 5;

/** @returns undefined for what cannot be read */
export async function readBody(input: {
  stream: Readable;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}): Promise<CartBody | undefined> {
  const content = await contentOf(input.stream);
  const type = String(input.headers['content-type'] ?? '');
  if (content === undefined) return undefined;
  if (content.length === 0) return {};
  try {
    if (type.includes('json')) {
      const read: unknown = JSON.parse(content.toString('utf8'));
      return typeof read === 'object' && read !== null && !Array.isArray(read)
        ? (read as CartBody)
        : undefined;
    }
    const form = await new Response(new Uint8Array(content), {
      headers: { 'content-type': type },
    }).formData();
    return nested(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
    );
  } catch {
    return undefined;
  }
}

async function contentOf(stream: Readable): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part as Uint8Array);
    size += bytes.length;
    if (size > LARGEST) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

type Node = Map<string, Node | string>;

/** `items[0][id]=7`, `updates[]=2`, `properties[Text]=x` */
export function nested(fields: readonly (readonly [string, string])[]): CartBody {
  const root: Node = new Map();
  for (const [name, value] of fields.slice(0, MOST_FIELDS)) {
    const [, first, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [undefined, name];
    const steps = [first!, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, step]) => step!)];
    if (steps.length <= DEEPEST) put(root, steps, value);
  }
  return plain(root) as CartBody;
}

function put(root: Node, steps: readonly string[], value: string): void {
  let node = root;
  for (const [at, step] of steps.entries()) {
    const key = step === '' && at > 0 ? String(node.size) : step;
    if (at === steps.length - 1) {
      node.set(key, value);
      return;
    }
    const below = node.get(key);
    const next: Node = below instanceof Map ? below : new Map();
    node.set(key, next);
    node = next;
  }
}

/** Without a prototype, so that no name does harm; what is counted from 0 is a list. */
function plain(node: Node): unknown {
  const entries = [...node].map(
    ([key, value]) => [key, value instanceof Map ? plain(value) : value] as const,
  );
  if (entries.length > 0 && entries.every(([key], at) => key === String(at)))
    return entries.map(([, value]) => value);
  const made = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) made[key] = value;
  return made;
}
