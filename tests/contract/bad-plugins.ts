import type { Rule } from '../../scripts/passport/index.ts';

/** The folder of bad examples. */
export const folder = new URL('../../examples/bad-plugins/', import.meta.url);
export const HOOK_LIMIT = 2000; // ms; the one that never resolves need not keep us ten seconds

/** Folder to the rule it breaks, what the check says, and what a running kernel says; nothing where it runs on. */
export const BAD: Record<string, { rule: Rule; says: RegExp; quarantined?: { id: string; why: RegExp } }> = {
  'throws-in-set-up': {
    rule: 'set-up',
    says: /the key of the weather service is missing/,
    quarantined: { id: 'throws-in-set-up', why: /the key of the weather service is missing/ },
  },
  'never-resolves': {
    rule: 'set-up',
    says: /the start hook of never-resolves did not end within 2000 ms/,
    quarantined: { id: 'never-resolves', why: /did not end within 2000 ms/ },
  },
  'cyclic-hook-order': {
    rule: 'hook-order',
    says: /filter queue\.turn cannot be put in order: .*wants-it-too before wants-to-be-first/,
    quarantined: { id: 'wants-to-be-first', why: /wants-to-be-first before wants-it-too/ },
  },
  'unmet-range': {
    rule: 'ranges',
    says: /unmet-range 1\.0\.0 wants the kernel contract \^9\.0\.0, found 1\.\d+\.\d+/,
    quarantined: { id: 'unmet-range', why: /wants the kernel contract \^9\.0\.0/ },
  },
  'foreign-table-in-migration': {
    rule: 'migrations',
    says: /Migration 0001-add-colour of foreign-table-in-migration names kernel\.stores/,
    quarantined: {
      id: 'foreign-table-in-migration',
      why: /names kernel\.stores, which is not in its schema/,
    },
  },
  'wrong-filter-result': {
    rule: 'hooks',
    says: /The handler of wrong-filter-result for filter sign\.text: .*must be string, got 42/,
  },
  'endless-loop': {
    rule: 'hooks',
    says: /The handler of endless-loop for filter carousel\.turns: no answer within 50 ms/,
  },
  'duplicate-feature-code': {
    rule: 'codes',
    says: /the feature 'duplicate-feature-code\.stars' is declared twice; keep one/,
    quarantined: { id: 'duplicate-feature-code', why: /declared twice/ },
  },
  'undeclared-service': {
    rule: 'services',
    says: /'undeclared-service' reached for the service 'treasure', which belongs to plugin 'treasure-chest'; add "treasure-chest" to dependsOn/,
    quarantined: { id: 'undeclared-service', why: /reached for the service 'treasure'/ },
  },
};
