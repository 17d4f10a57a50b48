import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Tried with Debian's Chromium: nothing of its own goes over the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PATIENCE = 15_000; // ms for one step, on a busy machine

export type Person = Awaited<ReturnType<Awaited<ReturnType<typeof openChromium>>['person']>>;

/**
 * Starts Chromium once for a test; people come to it with `person`. Names such as store-a.localhost lead it to this machine.
 *
 * @throws Error that says how to install it when it is not there
 */
export async function openChromium(t: { teardown(work: () => Promise<void>): void }) {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined || !existsSync(executablePath)) {
    const looked = process.env.CHROMIUM ?? PLACES.join(', ');
    throw new Error(
      `Expected Chromium at ${looked}. Install it: \`apt-get install chromium\`, or say where it is: CHROMIUM=/path/to/chrome`,
    );
  }
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  t.teardown(() => browser.close());
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  return {
    /** Somebody with a browser of their own: its cookies, its size, its colours. */
    async person(options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ locale: 'en', ...options });
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      const faults = faultsOf(page);
      return {
        page,
        faults,
        /** What jumped about since the page came, and how far, other than by what the person did. */
        shifts: () => page.evaluate<string[]>(SHIFTS),
        /** Whether the page is wider than the screen. */
        isTooWide: () =>
          page.evaluate<boolean>(
            'document.documentElement.scrollWidth > document.documentElement.clientWidth',
          ),
        /** What keeps people with other senses, hands or screens out (axe-core, all rules): one line each. */
        async barriers(): Promise<string[]> {
          await page.evaluate(axe);
          return page.evaluate<string[]>(BARRIERS);
        },
        close: () => context.close(),
      };
    },
  };
}

/** Errors on the console or in a script, and requests that failed: what a page should never have. */
function faultsOf(page: Page) {
  let found: string[] = [];
  page.on('console', (message) => {
    // Of an answer it is told below, with its address.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      found.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`${page.url()}: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // A picture that is left behind with its page did not fail.
    if (why !== 'net::ERR_ABORTED') found.push(`${request.method()} ${request.url()}: ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      found.push(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  return {
    /** All since it was asked last. */
    take(): string[] {
      const taken = found;
      found = [];
      return taken;
    },
  };
}

const SHIFTS = `new Promise((resolve) => {
  const found = [];
  const add = (entries) => {
    for (const { hadRecentInput, sources, value } of entries) {
      const moved = sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? 'something').slice(0, 120));
      if (!hadRecentInput) found.push(value + ': ' + moved.join(', '));
    }
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    add(observer.takeRecords());
    resolve(found);
  }));
})`;

const BARRIERS = `axe.run(document).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
  nodes.map(({ target, failureSummary }) => id + ' (' + help + ') at ' + target.join(' ') + ': ' + failureSummary)))`;
