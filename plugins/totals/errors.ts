import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  TOTALS_ERR_INPUT: ['Expected %s to be %s, got %s', 422, 'public'],
});

/** Says what is wrong with an input: where, what was wanted, what came. */
export function badInput(field: string, wanted: string, came: unknown): Error {
  const shown = typeof came === 'string' ? JSON.stringify(came) : String(came);
  return new errors.TOTALS_ERR_INPUT(field, wanted, shown.slice(0, 80), { details: { field, wanted } });
}
