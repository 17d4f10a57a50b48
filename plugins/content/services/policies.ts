import type { Content, Cradle, Policy, PolicyHandle } from 'kontor/sdk';
import type { Defaults } from './defaults.ts';
import type { Kept } from './kept.ts';
import { type Look, type PageRow, readPages, shownPage } from './page-rows.ts';
import { look } from './pages.ts';
import { POLICY_KEYS } from './policy-keys.ts';

/** The part of the service that is about policies: pages in another role. */
export function createPolicies(
  services: Cradle,
  { defaults, kept }: { defaults: Defaults; kept: Kept },
): Pick<Content, 'policies' | 'policy'> {
  const keys = Object.values(POLICY_KEYS);

  /** Their own rows and the defaults; whether they are seen is judged at each question. */
  const rows = () =>
    kept('policies', async () => {
      const own = await readPages(services, {
        name: 'policies',
        where: 'and p.default_key = any($2)',
        values: [keys],
      });
      const all = keys.map((key) => own.find((row) => row.defaultKey === key) ?? defaults.page(key));
      return (await Promise.all(all)).filter((row) => row !== undefined);
    });

  async function policies({ locale }: { locale?: string } = {}): Promise<Policy[]> {
    const pages = await rows();
    const seen = await look(services, locale);
    return Object.entries(POLICY_KEYS).flatMap(([handle, key]) => {
      const row = pages.find(({ defaultKey }) => defaultKey === key);
      const policy = row && shownPolicy(row, { handle: handle as PolicyHandle, seen });
      return policy ? [policy] : [];
    });
  }

  return {
    policies,
    policy: async (handle, options) => (await policies(options)).find((one) => one.handle === handle),
  };
}

function shownPolicy(
  row: PageRow,
  { handle, seen }: { handle: PolicyHandle; seen: Look },
): Policy | undefined {
  const page = shownPage(row, seen);
  if (!page.isVisible || page.body === '') return undefined;
  const { title, body, changedAt } = page;
  return { handle, id: row.version > 0 ? row.id : null, title, body, url: `/policies/${handle}`, changedAt };
}
