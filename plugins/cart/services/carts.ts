import { type Carts, type Cradle, ok } from 'kontor/sdk';
import { claimCart } from '../actions/claim-cart.ts';
import { editCart } from '../actions/edit-cart.ts';
import { startCart } from '../actions/start-cart.ts';
import { updateCart } from '../actions/update-cart.ts';
import { errors } from '../errors.ts';
import { addLines, setProperties, setQuantities } from './lines.ts';
import { createParts } from './parts.ts';
import type { Row } from './rows.ts';

/** Carts of the current store; see the contract. */
export function createCarts(services: Cradle): Carts {
  const parts = createParts(services);
  const { groupOf, price, rows, stores } = parts;

  async function shown(row: Row, locale?: string) {
    return price.cartOf(row, {
      sellable: await price.sellable(row, locale),
      levels: await price.levels(row),
    });
  }

  return {
    async byToken(token, { locale } = {}) {
      const row = await rows.byToken(token);
      return row?.state === 'open' ? shown(row, locale) : undefined;
    },
    async byId(id, { locale } = {}) {
      const row = await rows.byId(id);
      return row && shown(row, locale);
    },
    async create({ currency = stores.current().currency, customerId } = {}) {
      const group = await groupOf(customerId);
      const { row, token } = await rows.insert({
        currency,
        customerId: customerId ?? null,
        group,
        lines: [],
        nextLine: 1,
      });
      return { id: row.id, token };
    },
    start: (lines, options = {}) => startCart(parts, lines, options),
    add: (token, additions, { locale } = {}) =>
      editCart(parts, {
        token,
        locale,
        change(row) {
          const added = addLines(row, additions);
          return added.ok ? ok({ ...row, ...added.value }) : added;
        },
      }),
    change: (token, { lineId, quantity, properties }, { locale } = {}) =>
      editCart(parts, {
        token,
        locale,
        change(row) {
          const counted = setQuantities(row, new Map([[lineId, quantity]]));
          if (!counted.ok || !properties || quantity === 0)
            return counted.ok ? ok({ ...row, ...counted.value }) : counted;
          const marked = setProperties(counted.value, lineId, properties);
          return marked.ok ? ok({ ...row, ...marked.value }) : marked;
        },
      }),
    update: (token, change, { locale } = {}) => updateCart(parts, { token, locale, change }),
    clear: (token, { locale } = {}) =>
      editCart(parts, { token, locale, change: (row) => ok({ ...row, lines: [] }) }),
    claim: (token, customerId, { locale } = {}) => claimCart(parts, { token, customerId, locale }),
    async ofCustomer(customerId) {
      const [newest] = await rows.ofCustomer(customerId);
      return newest && { id: newest.id, token: await rows.addToken(newest.id) };
    },
    async lock(id, { locale } = {}) {
      const row = await rows.lock(id);
      if (row?.state !== 'ordered')
        return row && price.cartOf(row, { sellable: await price.sellable(row, locale) });
      return { ...(await price.cartOf(row, { sellable: new Map() })), notices: [] };
    },
    async markOrdered(id, orderId) {
      if (!(await rows.markOrdered(id, orderId))) throw new errors.CART_ERR_NOT_OPEN(id);
    },
    totalsInput: price.totalsInput,
    dropBefore: (time) => rows.dropBefore(time),
  };
}
