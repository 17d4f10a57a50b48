import type { CollectionRule } from 'kontor/sdk';
import { fold } from './texts.ts';

/** What rules look at; one of these a product. */
export type RuleFacts = {
  readonly title: string;
  readonly vendor: string;
  readonly type: string;
  readonly tags: readonly string[];
  /** Minor units, one a variant. */
  readonly amounts: readonly number[];
  /** Of the variants that have one. */
  readonly compareAtAmounts: readonly number[];
  /** Grams, one a variant. */
  readonly weights: readonly number[];
  readonly skus: readonly string[];
  /** Available over all variants; null where stock is not counted, which is more than any number. */
  readonly stock: number | null;
};

type Field = CollectionRule['field'];
type Relation = CollectionRule['relation'];

/**
 * Whether a product belongs to a collection. A rule holds when one of the product's values fits (any tag, any variant); its
 * opposite (`isNot`, `isNotSet`) when none does.
 *
 * @param rules - none match nothing
 */
export function fitsRules(
  facts: RuleFacts,
  { rules, match }: { rules: readonly CollectionRule[]; match: 'all' | 'any' },
): boolean {
  if (rules.length === 0) return false;
  const fits = (rule: CollectionRule) => fitsRule(facts, rule);
  return match === 'all' ? rules.every(fits) : rules.some(fits);
}

function fitsRule(facts: RuleFacts, { field, relation, value }: CollectionRule): boolean {
  switch (relation) {
    case 'isNot':
      return !fitsRule(facts, { field, relation: 'is', value });
    case 'isNotSet':
      return !fitsRule(facts, { field, relation: 'isSet', value });
    default:
      return isNumeric(field)
        ? numbersOf(facts, field).some((number) => fitsNumber(number, relation, Number(value)))
        : textsOf(facts, field).some((text) => fitsText(asCompared(text), relation, asCompared(value)));
  }
}

function textsOf(facts: RuleFacts, field: Field): readonly string[] {
  if (field === 'tag') return facts.tags;
  if (field === 'sku') return facts.skus;
  return [facts[field as 'title' | 'vendor' | 'type']];
}

function numbersOf(facts: RuleFacts, field: NumericField): readonly number[] {
  if (field === 'stock') return [facts.stock ?? Number.POSITIVE_INFINITY];
  return { amount: facts.amounts, compareAt: facts.compareAtAmounts, weight: facts.weights }[field];
}

function fitsText(text: string, relation: Relation, value: string): boolean {
  if (relation === 'is') return text === value;
  if (relation === 'contains') return text.includes(value);
  if (relation === 'startsWith') return text.startsWith(value);
  if (relation === 'endsWith') return text.endsWith(value);
  return relation === 'isSet' && text !== '';
}

function fitsNumber(number: number, relation: Relation, value: number): boolean {
  if (relation === 'is') return number === value;
  if (relation === 'above') return number > value;
  if (relation === 'below') return number < value;
  return relation === 'isSet';
}

/** `Éclairs` and ` eclairs` are the same to whoever writes a rule. */
function asCompared(text: string): string {
  return fold(text).trim();
}

const NUMERIC = ['amount', 'compareAt', 'weight', 'stock'] as const;
type NumericField = (typeof NUMERIC)[number];
function isNumeric(field: Field): field is NumericField {
  return NUMERIC.includes(field as NumericField);
}

const OF_NUMBERS: readonly Relation[] = ['is', 'isNot', 'above', 'below'];
const OF_TEXTS: readonly Relation[] = ['is', 'isNot', 'contains', 'startsWith', 'endsWith'];
const OF_PRESENCE: readonly Relation[] = ['isSet', 'isNotSet'];
const CAN_BE_MISSING: readonly Field[] = ['vendor', 'type', 'tag', 'sku', 'compareAt'];

/** The first rule that says nothing sensible: a relation that its field has not, a value that is none; undefined when all do. */
export function badRule(rules: readonly CollectionRule[]): CollectionRule | undefined {
  return rules.find(({ field, relation, value }) => {
    if (OF_PRESENCE.includes(relation)) return !CAN_BE_MISSING.includes(field);
    if (isNumeric(field)) return !OF_NUMBERS.includes(relation) || !/^-?\d{1,15}$/.test(value);
    return !OF_TEXTS.includes(relation) || asCompared(value) === '';
  });
}
