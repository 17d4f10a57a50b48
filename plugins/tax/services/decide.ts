import type { TaxDecision, TaxRate } from 'kontor/sdk';
import { rateOn } from './rates.ts';

export type Line = { readonly taxClass: string; readonly kind?: 'goods' | 'service' | 'digital' };
export type Case = {
  /** Where the seller is, with that country's rates. */
  readonly country: string;
  readonly rates: readonly TaxRate[];
  /** In that country's calendar. */
  readonly day: string;
  readonly shipTo?: { readonly country: string };
  readonly billTo?: { readonly country: string };
};
/** A decision before it has words. */
export type Decided = Omit<TaxDecision, 'title'>;

const STEPS = ['super_reduced', 'reduced', 'intermediate', 'standard'];

// Monaco is France for VAT (Directive 2006/112/EC, article 7). Åland and the French overseas departments have codes of their own and are not of the territory.
const UNION = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK'.split(' '),
);

/**
 * Decides one line: plain data in, plain data out. At home and, until cross-border rules are there, in the whole Union the
 * seller's own rates hold; goods that leave the Union and what is sold to consumers there by wire are free.
 */
export function decide({ taxClass, kind = 'goods' }: Line, question: Case): Decided {
  const { country, shipTo, billTo } = question;
  const to = kind === 'goods' ? shipTo?.country : (billTo ?? shipTo)?.country;
  if (to !== undefined && !UNION.has(to)) {
    if (kind === 'goods')
      return free('export', 'Directive 2006/112/EC, article 146(1): goods sent out of the Union');
    if (kind === 'digital')
      return free(
        'outside',
        'Directive 2006/112/EC, article 58: electronic services to a buyer outside the Union',
      );
  }
  return { ...rateOf(taxClass, question), country, regime: 'domestic' };

  function free(regime: string, basis: string): Decided {
    return { rateBps: 0, country, regime, taxClass, basis };
  }

  function rateOf(name: string, { rates, day }: Case): Pick<Decided, 'rateBps' | 'taxClass' | 'basis'> {
    const place = placeOf({ country, to, kind });
    if (name === 'zero') return { rateBps: 0, taxClass: name, basis: `${place}; zero rate` };
    if (name === 'exempt') return { rateBps: 0, taxClass: name, basis: `${place}; exempt` };
    const own = rateOn(rates, name, day);
    if (own) return { rateBps: own.rateBps, taxClass: name, basis: place };
    const higher =
      STEPS.slice(STEPS.indexOf(name) + 1).find((step) => rateOn(rates, step, day)) ?? 'standard';
    const instead = rateOn(rates, STEPS.includes(name) ? higher : 'standard', day);
    return {
      rateBps: instead!.rateBps,
      taxClass: instead!.class,
      basis: `${place}; ${country} has no rate '${name}', the rate '${instead!.class}' is taken`,
    };
  }
}

function placeOf({ country, to, kind }: { country: string; to: string | undefined; kind: string }): string {
  const law = kind === 'goods' ? 'articles 31 and 32' : 'article 45';
  if (to === undefined)
    return `Directive 2006/112/EC, ${law}: taken as sold in ${country}, nobody said where to`;
  if (to === country) return `Directive 2006/112/EC, ${law}: sold in ${country}`;
  if (!UNION.has(to))
    return 'Directive 2006/112/EC, article 45: services to consumers are taxed where the seller is';
  return `Rate of ${country}: rules for sales from ${country} to ${to} (articles 33, 44, 58, 59c, 138) are not applied yet`;
}
