import { type Carts, type Cradle, ok } from 'kontor/sdk';
import { claimCart } from '../actions/claim-cart.ts';
import { editCart } from '../actions/edit-cart.ts';
import { startCart } from '../actions/start-cart.ts';
import { isOthers } from '../actions/take-over.ts';
import { updateCart } from '../actions/update-cart.ts';
import { errors } from '../errors.ts';
import { addLines, setLine } from './lines.ts';
import { createParts } from './parts.ts';

/** Carts of the current store; see the contract. */
export function createCarts(services: Cradle): Carts {
  const parts = createParts(services);
  const { groupOf, price, rows, stores } = parts;

  return {
    async byToken(token, { locale, customerId } = {}) {
      const row = await rows.byToken(token);
      if (row?.state !== 'open' || isOthers(row, customerId)) return undefined;
      return price.look(row, locale);
    },
    async byId(id, { locale } = {}) {
      const row = await rows.byId(id);
      return row && price.look(row, locale);
    },
    async create({ currency = stores.current().currency, customerId } = {}) {
      const group = await groupOf(customerId);
      const empty = { lines: [], nextLine: 1 };
      const { row, token } = await rows.insert({ ...empty, currency, customerId: customerId ?? null, group });
      return { id: row.id, token };
    },
    start: (lines, options = {}) => startCart(parts, lines, options),
    add: (token, additions, options = {}) =>
      editCart(parts, {
        token,
        ...options,
        change(row) {
          const added = addLines(row, additions);
          return added.ok ? ok({ ...row, ...added.value }) : added;
        },
      }),
    change: (token, line, options = {}) =>
      editCart(parts, {
        token,
        ...options,
        change(row) {
          const set = setLine(row, line);
          return set.ok ? ok({ ...row, ...set.value }) : set;
        },
      }),
    update: (token, change, options = {}) => updateCart(parts, { token, ...options, change }),
    clear: (token, options = {}) =>
      editCart(parts, { token, ...options, change: (row) => ok({ ...row, lines: [] }) }),
    claim: (token, customerId, { locale } = {}) => claimCart(parts, { token, customerId, locale }),
    async ofCustomer(customerId) {
      const [newest] = await rows.ofCustomer(customerId);
      return newest && { id: newest.id, token: await rows.addToken(newest.id) };
    },
    async lock(id, { locale } = {}) {
      const row = await rows.lock(id);
      if (row?.state === 'ordered') return price.unpriced(row);
      return row && price.cartOf(row, { sellable: await price.sellable(row, locale) });
    },
    async markOrdered(id, orderId) {
      if (!(await rows.markOrdered(id, orderId))) throw new errors.CART_ERR_NOT_OPEN(id);
    },
    totalsInput: price.totalsInput,
    dropBefore: (time) => rows.dropBefore(time),
  };
}
