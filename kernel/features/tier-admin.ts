import { ok, refused } from 'kontor/sdk';
import { brokenConstraint } from '../database/errors.ts';
import type { Changes, FeatureAdmin, KernelDatabase, TierValue } from '../parts.ts';
import { didYouMean } from '../plugins/nearest.ts';
import type { Declarations } from './declarations.ts';

type TierAdmin = Pick<
  FeatureAdmin,
  'tiers' | 'saveTier' | 'setTierValue' | 'setOverride' | 'setMerchantTier'
>;
type Topic = 'tier' | 'merchant';

/** Tiers, their values and those of single merchants, as admins change them; every node hears of it at the commit. */
export function createTierAdmin(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Pick<Changes, 'announce'>;
  declared: () => Declarations;
}): TierAdmin {
  const { changes, declared } = input;
  const { platform } = input.database;

  /** @returns rows the statement touched; the refusal that the broken constraint stands for */
  async function change<Refusal extends string>(order: {
    sql: string;
    values: unknown[];
    tell: { topic: Topic; key: string | number };
    refusals: Record<string, Refusal>;
    details: Record<string, unknown>;
  }) {
    const { sql, values, tell, refusals, details } = order;
    try {
      const rows = await platform.transaction(async () => {
        await changes.announce({ topic: tell.topic, key: String(tell.key) });
        return platform.query(sql, values);
      });
      return ok(rows.length);
    } catch (error) {
      const refusal = refusals[brokenConstraint(error) ?? ''];
      if (refusal) return refused(refusal, details);
      throw error;
    }
  }

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

    async saveTier({ code, title, position }) {
      if (!/^[a-z][a-z0-9_-]{0,39}$/.test(code))
        return refused('badCode', { code, wanted: 'a code such as professional' });
      const sql = `insert into kernel.tiers (code, title, position) values ($1, $2, $3)
        on conflict (code) do update set title = excluded.title, position = excluded.position returning code`;
      const done = await change({
        sql,
        values: [code, title, position],
        tell: { topic: 'tier', key: code },
        refusals: { tiers_position: 'positionTaken' },
        details: { position },
      });
      return done.ok ? ok() : done;
    },

    async setTierValue(tier, code, value) {
      const fault = faultOf(code, value);
      if (fault) return fault;
      const sql = `insert into kernel.tier_values (tier, code, value) values ($1, $2, $3::jsonb)
        on conflict (tier, code) do update set value = excluded.value returning code`;
      const done = await change({
        sql,
        values: [tier, code, JSON.stringify(value)],
        tell: { topic: 'tier', key: tier },
        refusals: { tier_values_tier: 'unknownTier' },
        details: { tier },
      });
      return done.ok ? ok() : done;
    },

    async setOverride(merchantId, code, value) {
      const fault = value === undefined ? undefined : faultOf(code, value);
      if (fault) return fault;
      const keep = `insert into kernel.merchant_overrides (merchant_id, code, value) values ($1, $2, $3::jsonb)
        on conflict (merchant_id, code) do update set value = excluded.value returning code`;
      const takeBack =
        'delete from kernel.merchant_overrides where merchant_id = $1 and code = $2 returning code';
      const done = await change({
        sql: value === undefined ? takeBack : keep,
        values: value === undefined ? [merchantId, code] : [merchantId, code, JSON.stringify(value)],
        tell: { topic: 'merchant', key: merchantId },
        refusals: { merchant_overrides_merchant: 'unknownMerchant' },
        details: { merchantId },
      });
      return done.ok ? ok() : done;
    },

    async setMerchantTier(merchantId, tier) {
      const done = await change({
        sql: 'update kernel.merchants set tier = $2 where id = $1 returning id',
        values: [merchantId, tier],
        tell: { topic: 'merchant', key: merchantId },
        refusals: { merchants_tier: 'unknownTier' },
        details: { tier },
      });
      if (!done.ok) return done;
      return done.value === 0 ? refused('unknownMerchant', { merchantId }) : ok();
    },
  };
}
