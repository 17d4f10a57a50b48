import { type Cart, html, type Html, route, Type } from 'kontor/sdk';
import { pictureOf } from '../pages/cards.ts';
import { cartToken, type Frame, frameOf, knownCart } from '../pages/frame.ts';
import { page } from '../pages/layout.ts';

const quantity = (minimum: number) => Type.Integer({ minimum, maximum: 999 });

export const cartPage = route({
  method: 'GET',
  path: '/cart',
  surface: 'storefront',
  access: 'anyone',
  summary: 'The visitor’s cart',
  query: Type.Object({
    refused: Type.Optional(Type.String({ maxLength: 40 })),
    locale: Type.Optional(Type.String({ maxLength: 10 })),
  }),
  async handler(request, services) {
    const frame = await frameOf(request, services);
    const { say, cart } = frame;
    const problem = request.query.refused;
    const main = html`<h1>${say('cart.title')}</h1>
      ${problem ? html`<p class="problem" role="alert">${say(`cart.refused.${PROBLEMS.has(problem) ? problem : 'other'}`)}</p>` : ''}
      ${cart && cart.lines.length > 0 ? filled(frame, cart) : html`<p>${say('cart.empty')} <a href="/collections/all">${say('collection.all')}</a></p>`}`;
    return page(request.reply, frame, { title: say('cart.title'), main, path: '/cart' });
  },
});

const PROBLEMS: ReadonlySet<string> = new Set(['outOfStock', 'notForSale', 'unknownVariant']);

export const addToCart = route({
  method: 'POST',
  path: '/cart/add',
  surface: 'storefront',
  access: 'anyone',
  csrf: 'origin',
  summary: 'Adds a variant to the visitor’s cart, from a form',
  body: Type.Object({ id: Type.Integer({ minimum: 1 }), quantity: Type.Optional(quantity(1)) }),
  async handler(request, services) {
    const { id: variantId, quantity: count = 1 } = request.body;
    const token = await cartToken(request, services);
    const added = await services.carts.add(token, [{ variantId, quantity: count }]);
    request.reply.redirect(added.ok ? '/cart' : `/cart?refused=${added.refusal}`, 303);
  },
});

export const changeCart = route({
  method: 'POST',
  path: '/cart/change',
  surface: 'storefront',
  access: 'anyone',
  csrf: 'origin',
  summary: 'Sets the quantity of a line of the visitor’s cart, from a form; 0 takes it out',
  body: Type.Object({ line: Type.Integer({ minimum: 1 }), quantity: quantity(0) }),
  async handler(request, services) {
    const { line: lineId, quantity: count } = request.body;
    const token = knownCart(request);
    const changed =
      token === undefined ? undefined : await services.carts.change(token, { lineId, quantity: count });
    request.reply.redirect(!changed || changed.ok ? '/cart' : `/cart?refused=${changed.refusal}`, 303);
  },
});

function filled({ locale, money, say }: Frame, { lines, totals, currency }: Cart): Html {
  return html`<ul class="lines">${lines.map(({ id, quantity: count, variant }) => {
    const title = variant?.title ?? say('cart.gone');
    const total = totals.lines.find(({ key }) => key === String(id));
    return html`<li>
      ${pictureOf(variant?.picture ?? null, { locale, alt: '', sizes: '6rem' })}
      <div><h2>${variant ? html`<a href="/products/${variant.handle}?variant=${variant.variantId}">${title}</a>` : title}</h2>
        ${variant && variant.options.length > 0 ? html`<p>${variant.options.map(({ value }) => value).join(' / ')}</p>` : ''}
        <p>${variant ? money(variant.unitAmount, currency) : ''}</p></div>
      <form method="post" action="/cart/change">
        <input type="hidden" name="line" value="${id}">
        <label for="line-${id}">${say('product.quantity')}<span class="unseen"> ${title}</span></label>
        <input id="line-${id}" name="quantity" type="number" min="0" max="999" value="${count}" inputmode="numeric">
        <button>${say('cart.change')}</button>
      </form>
      <form method="post" action="/cart/change">
        <input type="hidden" name="line" value="${id}"><input type="hidden" name="quantity" value="0">
        <button class="plain">${say('cart.remove')}<span class="unseen"> ${title}</span></button>
      </form>
      <p class="price">${total ? money(total.subtotal - total.discount, currency) : ''}</p>
    </li>`;
  })}</ul>
  <div class="sum"><p>${say('cart.subtotal')} <strong>${money(totals.total, currency)}</strong></p>
    <p><small>${say('cart.shippingLater')}</small></p>
    <a class="button" href="/checkout">${say('cart.checkout')}</a></div>`;
}
