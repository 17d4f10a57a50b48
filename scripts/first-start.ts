import { createRandom } from '../kernel/clock.ts';
import { enterAs } from '../kernel/context.ts';
import type { Kernel } from '../kernel/parts.ts';
import { accepted } from './cli/accepted.ts';
import { SHOPS } from './demo/data/index.ts';

/** Somebody's first sign-in. The password is nowhere else: it is stored hashed. */
export type SignIn = { readonly about: string; readonly email: string; readonly password: string };

const ONE_FIRST_START = 5_346_310_003; // advisory lock
const TIERS = ['Essential', 'Professional', 'Business', 'Enterprise'];

export type FirstStart = {
  /** To be shown; none when the platform is furnished already. */
  signIns: SignIn[];
  /** Of the demo's stores by handle, when they were made. */
  storeIds?: Readonly<Record<string, number>>;
};

/** Furnishes an empty platform: tiers and an admin; in development a merchant with two stores and an owner as well. */
export function firstStart(kernel: Kernel): Promise<FirstStart> {
  return enterAs({ actor: { kind: 'system', reason: 'first start' } }, async () => {
    const { platform } = kernel.database;
    const made = await platform.transaction(async () => {
      // Of several nodes at their first start one furnishes; the others find it done.
      await platform.query('select pg_advisory_xact_lock($1)', [ONE_FIRST_START]);
      return (await kernel.features.tiers()).length > 0 ? undefined : furnish(kernel);
    });
    if (!made) return { signIns: [] };
    if (made.owner) await makeOwner(kernel, made.owner);
    const { admin, owner } = made;
    return owner ? { signIns: [admin, owner.signIn], storeIds: owner.storeIds } : { signIns: [admin] };
  });
}

type Owner = { signIn: SignIn; userId: number; storeIds: Readonly<Record<string, number>> };

async function furnish(kernel: Kernel): Promise<{ admin: SignIn; owner?: Owner }> {
  for (const [index, title] of TIERS.entries()) {
    const tier = { code: title.toLowerCase(), title, position: index + 1 };
    accepted(`Tier ${title}`, await kernel.features.saveTier(tier));
  }
  const about = 'Admin of the platform';
  const { userId: _, ...admin } = await makeUser(kernel, { name: 'Admin', about, isAdmin: true });
  if (kernel.config.mode === 'production') return { admin };

  const stores = kernel.tenancy.admin;
  const merchant = accepted(
    'A merchant',
    await stores.createMerchant({ name: 'Demo merchant', tier: 'enterprise' }),
  );
  const storeIds: Record<string, number> = {};
  for (const { handle, name, locale } of SHOPS) {
    const input = { handle, name, locale, merchantId: merchant.id, locales: ['en', 'fr', 'de', 'lb'] };
    storeIds[handle] = accepted(`Store ${handle}`, await stores.createStore(input)).id;
  }
  const { userId, ...signIn } = await makeUser(kernel, {
    name: 'Owner',
    about: `Owner of ${SHOPS[0]!.name}`,
    isAdmin: false,
  });
  return { admin, owner: { signIn, userId, storeIds } };
}

async function makeUser(
  { auth, config }: Kernel,
  { name, about, isAdmin }: { name: string; about: string; isAdmin: boolean },
): Promise<SignIn & { userId: number }> {
  const { platformDomain } = config.http;
  const email = `${name.toLowerCase()}@${platformDomain.includes('.') ? '' : 'kontor.'}${platformDomain}`;
  const password = createRandom().token();
  const user = accepted(`User ${email}`, await auth.users.create({ email, name, password, isAdmin }));
  return { userId: user.id, email, password, about };
}

/** After the commit: a store's team is written as that store, over another login. */
async function makeOwner({ auth, tenancy }: Kernel, { userId, storeIds }: Owner): Promise<void> {
  for (const storeId of Object.values(storeIds)) {
    const store = await tenancy.byId(storeId);
    if (!store) throw new Error(`Expected store ${storeId}, which was made a moment ago`);
    await enterAs({ actor: { kind: 'system', reason: 'first start' }, store }, async () =>
      accepted('The owner', await auth.team.add({ userId, role: 'owner' })),
    );
  }
}
