import type { Kernel } from '../../kernel/parts.ts';

type Page = { status: number; body: string; location: string | undefined; headers: Record<string, unknown> };
type Form = Readonly<Record<string, string | number>>;

/** A visitor of a store with a cookie jar and no JavaScript: follows links, sends forms, goes where it is sent. */
export type Browser = ReturnType<typeof openBrowser>;

/** @param ip - as a proxy tells it; the kernel must trust 127.0.0.1 for it to count */
export function openBrowser({ kernel, host, ip }: { kernel: Kernel; host: string; ip?: string }) {
  const jar = new Map<string, string>();
  const scheme = new URL(kernel.config.http.platformOrigin).protocol;
  const origin = `${scheme}//${host}`;

  async function ask(
    method: 'GET' | 'POST' | 'PATCH',
    address: string,
    payload?: Form | object,
    isForm = false,
    accept = 'text/html,*/*;q=0.8',
  ): Promise<Page> {
    const url = address.startsWith(origin) ? address.slice(origin.length) : address;
    const answer = await kernel.http.inject({
      method,
      url,
      headers: {
        host,
        accept,
        ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(method !== 'GET' && { origin, 'sec-fetch-site': 'same-origin' }),
        ...(ip && { 'x-forwarded-for': ip }),
        ...(isForm && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(payload && {
        payload: isForm ? String(new URLSearchParams(payload as Record<string, string>)) : payload,
      }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(String(line))!;
      if (value) jar.set(name!, value);
      else jar.delete(name!);
    }
    const { location } = answer.headers as { location?: string };
    return { status: answer.statusCode, body: answer.body, location, headers: answer.headers };
  }

  /** As often as it is sent on, as browsers do. */
  async function follow(page: Page): Promise<Page & { address: string | undefined }> {
    let [now, address] = [page, undefined as string | undefined];
    for (let turn = 0; turn < 10 && now.location; turn += 1) {
      address = now.location;
      now = await ask('GET', address);
    }
    return { ...now, address };
  }

  return {
    origin,
    cookies: jar,
    get: async (address: string) => follow(await ask('GET', address)),
    /** What the server answers, without going on. */
    ask,
    submit: async (address: string, fields: Form) => follow(await ask('POST', address, fields, true)),
    async json(method: 'GET' | 'POST' | 'PATCH', address: string, body?: object) {
      const answer = await ask(method, address, body, false, 'application/json');
      return { status: answer.status, body: answer.body ? JSON.parse(answer.body) : undefined };
    },
  };
}
