import { ok, refused, type Result } from 'kontor/sdk';
import type { Changes, FeatureAdmin, KernelDatabase, TierValue } from '../parts.ts';
import { didYouMean } from '../plugins/nearest.ts';
import { change } from '../tenancy/change.ts';
import type { Declarations } from './declarations.ts';

type TierAdmin = Pick<
  FeatureAdmin,
  'tiers' | 'tierValues' | 'saveTier' | 'setTierValue' | 'setOverride' | 'setMerchantTier'
>;

/** Tiers, their values and those of single merchants, as admins change them; every node hears of it at the commit. */
export function createTierAdmin(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Pick<Changes, 'announce'>;
  declared: () => Declarations;
}): TierAdmin {
  const { changes, declared } = input;
  const { platform } = input.database;

  /** One statement that every node hears of; answers what it touched. */
  const announced =
    (topic: 'tier' | 'merchant', key: string | number, sql: string, values: unknown[]) => async () => {
      await changes.announce({ topic, key: String(key) });
      return platform.query(sql, values);
    };

  function faultOf(code: string, value: TierValue) {
    const { features, limits } = declared();
    if (features.has(code)) {
      return typeof value === 'boolean'
        ? undefined
        : refused('badValue', { code, wanted: 'true or false, for a feature' });
    }
    if (!limits.has(code))
      return refused('unknownCode', { code, hint: didYouMean(code, [...features.keys(), ...limits.keys()]) });
    const fits = value === null || (Number.isSafeInteger(value) && (value as number) >= 0);
    return fits
      ? undefined
      : refused('badValue', { code, wanted: 'a whole number of 0 or more, or null for no limit' });
  }

  return {
    tiers: () => platform.query('select code, title, position from kernel.tiers order by position'),

    tierValues: () => platform.query('select tier, code, value from kernel.tier_values order by tier, code'),

    async saveTier({ code, title, position }) {
      if (!/^[a-z][a-z0-9_-]{0,39}$/.test(code))
        return refused('badCode', { code, wanted: 'a code such as professional' });
      const sql = `insert into kernel.tiers (code, title, position) values ($1, $2, $3)
        on conflict (code) do update set title = excluded.title, position = excluded.position`;
      const save = announced('tier', code, sql, [code, title, position]);
      return done(await change(platform, save, { tiers_position: 'positionTaken' }, { position }));
    },

    async setTierValue(tier, code, value) {
      const fault = faultOf(code, value);
      if (fault) return fault;
      const sql = `insert into kernel.tier_values (tier, code, value) values ($1, $2, $3::jsonb)
        on conflict (tier, code) do update set value = excluded.value`;
      const save = announced('tier', tier, sql, [tier, code, JSON.stringify(value)]);
      return done(await change(platform, save, { tier_values_tier: 'unknownTier' }, { tier }));
    },

    async setOverride(merchantId, code, value) {
      if (value === undefined) {
        const sql = 'delete from kernel.merchant_overrides where merchant_id = $1 and code = $2';
        return done(await change(platform, announced('merchant', merchantId, sql, [merchantId, code])));
      }
      const fault = faultOf(code, value);
      if (fault) return fault;
      const sql = `insert into kernel.merchant_overrides (merchant_id, code, value) values ($1, $2, $3::jsonb)
        on conflict (merchant_id, code) do update set value = excluded.value`;
      const save = announced('merchant', merchantId, sql, [merchantId, code, JSON.stringify(value)]);
      return done(
        await change(platform, save, { merchant_overrides_merchant: 'unknownMerchant' }, { merchantId }),
      );
    },

    async setMerchantTier(merchantId, tier) {
      const sql = 'update kernel.merchants set tier = $2 where id = $1 returning id';
      const move = announced('merchant', merchantId, sql, [merchantId, tier]);
      const moved = await change(platform, move, { merchants_tier: 'unknownTier' }, { tier });
      return moved.ok && moved.value.length === 0 ? refused('unknownMerchant', { merchantId }) : done(moved);
    },
  };
}

function done<Refusal extends string>(result: Result<unknown, Refusal>): Result<undefined, Refusal> {
  return result.ok ? ok() : result;
}
