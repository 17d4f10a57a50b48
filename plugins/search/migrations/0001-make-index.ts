import { defineMigration, tenantTable } from 'kontor/sdk';

const product = {
  product: {
    columns: ['product_id'],
    to: 'search.products',
    toColumns: ['product_id'],
    onDelete: 'cascade',
  },
} as const;

/**
 * An inverted index of our own. Row level security lets an index be used only by operators that are marked leakproof, which
 * those of full text and trigrams are not: a gin index would never be read. Equality and order of texts are.
 */
export default defineMigration({
  up: [
    tenantTable('search.products', {
      columns: {
        min_amount: 'bigint not null default 0',
        max_amount: 'bigint not null default 0',
        product_id: 'bigint not null',
      },
      key: ['product_id'],
      indexes: { by_amount: ['product_id', 'min_amount', 'max_amount'] },
    }),
    // What was written for a product in a language, so that a change writes no more than what changes.
    tenantTable('search.documents', {
      columns: {
        product_id: 'bigint not null',
        locale: 'text collate "C" not null',
        title: 'text not null',
        terms: 'text[] not null',
        weights: 'smallint[] not null',
      },
      key: ['product_id', 'locale'],
      references: product,
    }),
    tenantTable('search.postings', {
      columns: {
        term: 'text collate "C" not null',
        product_id: 'bigint not null',
        weight: 'smallint not null',
      },
      key: ['term', 'product_id', 'weight'],
    }),
    tenantTable('search.words', {
      columns: {
        locale: 'text collate "C" not null',
        word: 'text collate "C" not null',
        term: 'text collate "C" not null',
        uses: 'integer not null default 1',
      },
      key: ['locale', 'word'],
    }),
    tenantTable('search.trigrams', {
      columns: {
        locale: 'text collate "C" not null',
        trigram: 'text collate "C" not null',
        word: 'text collate "C" not null',
      },
      key: ['locale', 'trigram', 'word'],
      references: {
        word: {
          columns: ['locale', 'word'],
          to: 'search.words',
          toColumns: ['locale', 'word'],
          onDelete: 'cascade',
        },
      },
      indexes: { by_word: ['locale', 'word'] },
    }),
    // One row a store: since when all its products are in the index.
    tenantTable('search.states', {
      columns: { name: 'text not null', filled_at: 'timestamptz' },
      key: ['name'],
    }),
  ],
  down: [
    'drop table search.states',
    'drop table search.trigrams',
    'drop table search.words',
    'drop table search.postings',
    'drop table search.documents',
    'drop table search.products',
  ],
});
