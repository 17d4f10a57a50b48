import { refused } from 'kontor/sdk';
import type { Changes, FeatureAdmin, KernelDatabase, TierValue } from '../parts.ts';
import { didYouMean } from '../nearest.ts';
import { change } from '../tenancy/change.ts';
import type { Declarations } from './declarations.ts';

/** Tiers, their values and those of single merchants, as admins change them; every node hears of it at the commit. */
export function createTierAdmin(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Pick<Changes, 'announce'>;
  declared: () => Declarations;
}): Omit<FeatureAdmin, 'features' | 'declare'> {
  const { platform } = input.database;

  /** One statement that every node hears of; a broken constraint is a refusal. */
  const save = <Refusal extends string = never>(
    [topic, key]: [topic: 'tier' | 'merchant', key: string | number],
    [sql, ...values]: [sql: string, ...values: unknown[]],
    refusals?: Readonly<Record<string, Refusal>>,
    details?: Record<string, unknown>,
  ) => {
    const work = async () => {
      await input.changes.announce({ topic, key: String(key) });
      await platform.query(sql, values);
      return undefined;
    };
    return change(platform, work, refusals, details);
  };

  function faultOf(code: string, value: TierValue) {
    const { features, limits } = input.declared();
    const isLimit = limits.has(code);
    if (!isLimit && !features.has(code))
      return refused('unknownCode', { code, hint: didYouMean(code, [...features.keys(), ...limits.keys()]) });
    const wanted = isLimit
      ? 'a whole number of 0 or more, or null for no limit'
      : 'true or false, for a feature';
    const isAmount = value === null || (Number.isSafeInteger(value) && (value as number) >= 0);
    const fits = isLimit ? isAmount : typeof value === 'boolean';
    return fits ? undefined : refused('badValue', { code, wanted });
  }

  return {
    tiers: () => platform.query('select code, title, position from kernel.tiers order by position'),
    tierValues: () => platform.query('select tier, code, value from kernel.tier_values order by tier, code'),

    async saveTier({ code, title, position }) {
      if (!/^[a-z][a-z0-9_-]{0,39}$/.test(code))
        return refused('badCode', { code, wanted: 'a code such as professional' });
      const sql = `insert into kernel.tiers (code, title, position) values ($1, $2, $3)
        on conflict (code) do update set title = excluded.title, position = excluded.position`;
      const refusals = { tiers_position: 'positionTaken' } as const;
      return save(['tier', code], [sql, code, title, position], refusals, { position });
    },

    async setTierValue(tier, code, value) {
      const fault = faultOf(code, value);
      if (fault) return fault;
      const sql = `insert into kernel.tier_values (tier, code, value) values ($1, $2, $3::jsonb)
        on conflict (tier, code) do update set value = excluded.value`;
      const refusals = { tier_values_tier: 'unknownTier' } as const;
      return save(['tier', tier], [sql, tier, code, JSON.stringify(value)], refusals, { tier });
    },

    async setOverride(merchantId, code, value) {
      if (value === undefined) {
        const sql = 'delete from kernel.merchant_overrides where merchant_id = $1 and code = $2';
        return save(['merchant', merchantId], [sql, merchantId, code]);
      }
      const fault = faultOf(code, value);
      if (fault) return fault;
      const sql = `insert into kernel.merchant_overrides (merchant_id, code, value) values ($1, $2, $3::jsonb)
        on conflict (merchant_id, code) do update set value = excluded.value`;
      const refusals = { merchant_overrides_merchant: 'unknownMerchant' } as const;
      return save(['merchant', merchantId], [sql, merchantId, code, JSON.stringify(value)], refusals, {
        merchantId,
      });
    },

    async setMerchantTier(merchantId, tier) {
      const known = await platform.query('select from kernel.merchants where id = $1', [merchantId]);
      if (known.length === 0) return refused('unknownMerchant', { merchantId });
      const sql = 'update kernel.merchants set tier = $2 where id = $1';
      const refusals = { merchants_tier: 'unknownTier' } as const;
      return save(['merchant', merchantId], [sql, merchantId, tier], refusals, { tier });
    },
  };
}
