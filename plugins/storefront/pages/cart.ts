import { type Cart, type CartLine, type Html, html } from 'kontor/sdk';
import { pictureOf } from './cards.ts';
import type { Frame } from './frame.ts';

/** What is in the cart, what it costs, and the way on. */
export function cartMain(frame: Frame, { said, problem }: { said?: string; problem?: string }): Html {
  const { say, cart } = frame;
  const isFilled = cart !== undefined && cart.lines.length > 0;
  return html`<div class="cart" data-swap="cart"><h1>${say('cart.title')}</h1>
    ${said === undefined ? '' : html`<p class="said" role="status">${said}</p>`}
    ${problem === undefined ? '' : html`<p class="problem" role="alert">${problem}</p>`}
    ${isFilled ? filled(frame, cart) : html`<p>${say('cart.empty')}</p><p><a class="button" href="/collections/all">${say('collection.all')}</a></p>`}</div>`;
}

function filled(frame: Frame, cart: Cart): Html {
  return html`<div class="basket"><ul class="lines">${cart.lines.map((line) => lineOf(frame, cart, line))}</ul>${sum(frame, cart)}</div>`;
}

function lineOf(frame: Frame, cart: Cart, line: CartLine): Html {
  const { locale, money, say } = frame;
  const { id, quantity, variant, properties } = line;
  const title = variant?.title ?? say('cart.gone');
  const total = cart.totals.lines.find(({ key }) => key === String(id));
  const notice = cart.notices.find(({ variantId }) => variantId === line.variantId);
  const words = Object.entries(properties).filter(([name]) => !name.startsWith('_'));
  const values = variant?.options.map(({ value }) => value).join(' / ');
  const picture = variant?.picture && { ...variant.picture, alt: {} };
  return html`<li>
    ${pictureOf(picture ?? null, { locale, alt: '', sizes: '7rem' })}
    <div class="what"><h2>${variant ? html`<a href="/products/${variant.handle}?variant=${variant.variantId}">${title}</a>` : title}</h2>
      ${values ? html`<p class="quiet">${values}</p>` : ''}
      ${words.map(([name, text]) => html`<p class="quiet">${name}: ${text}</p>`)}
      ${variant && quantity > 1 ? html`<p class="quiet">${say('cart.each', { price: money(variant.unitAmount, cart.currency) })}</p>` : ''}
      ${notice ? html`<p class="problem">${say(`cart.notice.${notice.code}`, { available: notice.available ?? 0 })}</p>` : ''}</div>
    <p class="price">${total ? money(total.subtotal - total.discount, cart.currency) : ''}</p>
    <div class="forms">
      ${
        variant
          ? html`<form method="post" action="/cart/change" data-change>
        <input type="hidden" name="line" value="${id}">
        <label for="line-${id}">${say('product.quantity')}<span class="unseen"> – ${title}</span></label>
        <input id="line-${id}" name="quantity" type="number" min="0" max="999" value="${quantity}" inputmode="numeric" required>
        <button class="without-script">${say('cart.change')}</button>
      </form>`
          : ''
      }
      <form method="post" action="/cart/change" data-change>
        <input type="hidden" name="line" value="${id}"><input type="hidden" name="quantity" value="0">
        <button class="plain">${say('cart.remove')}<span class="unseen"> – ${title}</span></button>
      </form>
    </div>
  </li>`;
}

function sum({ locale, money, say }: Frame, { currency, totals, requiresShipping }: Cart): Html {
  const { discount, subtotal, total, tax, taxIncluded } = totals;
  const row = (key: string, amount: number, sign = '') =>
    html`<div><dt>${say(key)}</dt><dd>${sign}${money(amount, currency)}</dd></div>`;
  return html`<section class="sum" aria-label="${say('cart.total')}">
    <dl>${discount > 0 ? html`${row('cart.subtotal', subtotal)}${row('cart.discount', discount, '−')}` : ''}
      ${!taxIncluded && tax > 0 ? row('cart.tax', tax) : ''}
      <div class="total"><dt>${say('cart.total')}</dt><dd>${money(total, currency)}</dd></div></dl>
    ${taxIncluded && tax > 0 ? html`<p class="quiet">${say('cart.taxIncluded', { tax: money(tax, currency) })}</p>` : ''}
    ${requiresShipping ? html`<p class="quiet">${say('cart.shippingLater')}</p>` : ''}
    <a class="button" href="/checkout?locale=${locale}">${say('cart.checkout')}</a>
    <a href="/collections/all">${say('cart.goOn')}</a>
  </section>`;
}
