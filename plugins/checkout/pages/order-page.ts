import { type Fulfilment, html, type Html, type Order } from 'kontor/sdk';
import { addressLines } from './address-fields.ts';
import { page } from './layout.ts';
import type { Frame } from './view.ts';

type View = Frame & {
  readonly order: Order;
  readonly fulfilments: readonly Fulfilment[];
  readonly isThanks: boolean;
  /** What the buyer has to do to pay later, e.g. where to transfer the money to. */
  readonly instructions: string;
};

/** An order for who bought it: with thanks at first, and its state from then on. */
export function orderPage(view: View): string {
  const { order, speech, isThanks, instructions } = view;
  const { say } = speech;
  const title = isThanks
    ? say('thanks.title', { name: order.billTo?.firstName || 'none' })
    : say('order.title', { number: order.number });
  const isWaiting = order.paymentState === 'pending' && order.state !== 'cancelled';
  const main = html`
    <div class="columns columns-order">
      <div class="column-summary">${bought(view)}</div>
      <div class="column-steps">
        <div class="card-box">
          <p class="eyebrow">${say('order.number', { number: order.number })}</p>
          <h1>${title}</h1>
          ${isThanks ? html`<p>${say('thanks.mail', { email: order.email })}</p>` : ''}
          ${
            isWaiting
              ? html`<div class="notice"><p><strong>${say('order.toPay', { amount: speech.money(order.totals.total, order.currency) })}</strong></p>
            ${instructions ? html`<p>${instructions}</p>` : ''}<p>${say('order.reference', { number: order.number })}</p></div>`
              : ''
          }
        </div>
        <div class="card-box">
          <h2>${say('order.state')}</h2>
          <dl class="facts">
            <div><dt>${say('order.placedAt')}</dt><dd>${speech.day(order.placedAt)}</dd></div>
            <div><dt>${say('order.state')}</dt><dd>${say(`orderState.${order.state}`)}</dd></div>
            <div><dt>${say('order.payment')}</dt><dd>${order.paymentTitle ? html`${order.paymentTitle} · ` : ''}${say(`paymentState.${order.paymentState}`)}</dd></div>
            ${order.shippingTitle ? html`<div><dt>${say('summary.shipping')}</dt><dd>${order.shippingTitle}</dd></div>` : ''}
          </dl>
          ${view.fulfilments.map((one) => parcel(view, one))}
        </div>
        <div class="card-box pair">
          ${order.shipTo ? html`<div><h2>${say('contact.shipTo')}</h2>${addressLines(view, order.shipTo)}</div>` : ''}
          ${order.billTo ? html`<div><h2>${say('contact.billTo')}</h2>${addressLines(view, order.billTo)}</div>` : ''}
        </div>
        <p><a class="button" href="/">${say('thanks.continue')}</a></p>
      </div>
    </div>`;
  return page(view, { title: say('order.title', { number: order.number }), main });
}

/** What is on its way, with the link to follow it by. */
function parcel({ speech }: View, { carrier, trackingNumber, trackingUrl, shippedAt }: Fulfilment): Html {
  const title = speech.say('order.parcel', { day: speech.day(shippedAt) });
  const name = [carrier, trackingNumber].filter(Boolean).join(' ');
  const isLinked = /^https?:/.test(trackingUrl);
  return html`
    <p class="parcel">${title} ${isLinked ? html`<a href="${trackingUrl}" rel="noopener noreferrer">${name || speech.say('order.follow')}</a>` : name}</p>`;
}

function bought({ order, speech }: View): Html {
  const { totals } = order;
  const { say } = speech;
  const money = (amount: number) => speech.money(amount, order.currency);
  const amounts = new Map(totals.lines.map((line) => [line.key, line.subtotal]));
  return html`
    <section class="summary" aria-labelledby="bought"><h2 id="bought" class="summary-title">${say('summary.title')}</h2>
      <ul class="lines lines-pictures">${order.lines.map(
        (line) => html`
        <li class="line">${line.picturePath ? html`<img class="picture" src="${line.picturePath}?width=128" alt="" width="64" height="64">` : html`<span class="picture" aria-hidden="true"></span>`}
          <span class="line-words"><span class="line-title">${line.title}</span>
            ${line.variantTitle ? html`<span class="hint">${line.variantTitle}</span>` : ''}
            <span class="hint">${say('line.quantity', { quantity: line.quantity })}</span></span>
          <span class="line-price">${money(amounts.get(line.key) ?? line.unitAmount * line.quantity)}</span></li>`,
      )}</ul>
      <dl class="amounts">
        <div class="row"><dt>${say('summary.subtotal')}</dt><dd>${money(totals.subtotal)}</dd></div>
        ${totals.discount > 0 ? html`<div class="row row-discount"><dt>${say('summary.discount')}</dt><dd>−${money(totals.discount)}</dd></div>` : ''}
        ${order.shippingTitle ? html`<div class="row"><dt>${say('summary.shipping')}</dt><dd>${totals.shipping === 0 ? say('price.free') : money(totals.shipping)}</dd></div>` : ''}
        <div class="row row-total"><dt>${say('summary.total')}</dt><dd>${money(totals.total)}</dd></div>
        ${totals.taxes
          .filter(({ tax }) => tax > 0)
          .map(
            ({ rateBps, tax }) => html`
        <div class="row row-tax"><dt>${say(totals.taxIncluded ? 'summary.taxIncluded' : 'summary.tax', { rate: speech.percent(rateBps) })}</dt><dd>${money(tax)}</dd></div>`,
          )}
        ${order.refundedAmount > 0 ? html`<div class="row"><dt>${say('order.refunded')}</dt><dd>−${money(order.refundedAmount)}</dd></div>` : ''}
      </dl>
    </section>`;
}
