import { html, type Html, type Picture, type Totals } from 'kontor/sdk';
import type { CheckoutView } from './view.ts';

type View = Pick<CheckoutView, 'state' | 'speech'>;

/** The order so far: lines with pictures, and how the total comes about. */
export function summary(view: View): Html {
  const { speech, state } = view;
  const { totals } = state;
  return html`
    <details class="summary">
      <summary><span>${speech.say('summary.title')}</span><span class="summary-total" data-total>${speech.money(totals.total, totals.currency)}</span></summary>
      <ul class="lines lines-pictures">${lineRows(view, { hasPictures: true })}</ul>
      ${amountRows(view)}
      ${traceRows(view)}
    </details>`;
}

export function lineRows({ state, speech }: View, { hasPictures = false } = {}): Html[] {
  const { cart } = state;
  const amounts = new Map(state.totals.lines.map((line) => [line.key, line.subtotal]));
  return cart.lines.map(({ id, variant, quantity, properties }) => {
    const amount = amounts.get(String(id));
    const picture = variant?.picture;
    return html`
      <li class="line">
        ${hasPictures ? pictureOf(picture, speech.locale) : ''}
        <span class="line-words"><span class="line-title">${variant?.title ?? speech.say('line.gone')}</span>
          ${variant?.variantTitle ? html`<span class="hint">${variant.variantTitle}</span>` : ''}
          ${Object.entries(properties)
            .filter(([name]) => !name.startsWith('_'))
            .map(([name, text]) => html`<span class="hint">${name}: ${text}</span>`)}
          <span class="hint">${speech.say('line.quantity', { quantity })}</span></span>
        <span class="line-price">${amount === undefined ? '' : speech.money(amount, cart.currency)}</span>
      </li>`;
  });
}

function pictureOf(picture: Picture | null | undefined, locale: string): Html {
  if (!picture) return html`<span class="picture" aria-hidden="true"></span>`;
  const alt = picture.alt[locale] ?? '';
  return html`<img class="picture" src="${picture.path}?width=128" alt="${alt}" width="64" height="64" loading="lazy">`;
}

/** Subtotal, each discount, shipping, tax, total. */
export function amountRows(view: View): Html {
  const { state, speech } = view;
  const { totals, cart, rate } = state;
  const { say } = speech;
  const money = (amount: number) => speech.money(amount, totals.currency);
  const beforeDiscount = totals.shipping + totals.shippingDiscount;
  const shipping = rate
    ? beforeDiscount === 0
      ? say('price.free')
      : money(beforeDiscount)
    : say('summary.shippingLater');
  const taxes = totals.taxes.filter(({ tax }) => tax > 0);
  const taxRows = taxes.map(
    ({ rateBps, tax }) => html`
      <div class="row row-tax"><dt>${say(totals.taxIncluded ? 'summary.taxIncluded' : 'summary.tax', { rate: speech.percent(rateBps) })}</dt><dd>${money(tax)}</dd></div>`,
  );
  return html`
    <dl class="amounts">
      <div class="row"><dt>${say('summary.subtotal')}</dt><dd>${money(totals.subtotal)}</dd></div>
      ${discountRows(totals.trace, money, (step) => step !== 'discount.shipping')}
      ${cart.requiresShipping ? html`<div class="row"><dt>${say('summary.shipping')}</dt><dd>${shipping}</dd></div>` : ''}
      ${discountRows(totals.trace, money, (step) => step === 'discount.shipping')}
      ${totals.taxIncluded ? '' : taxRows}
      <div class="row row-total"><dt>${say('summary.total')}</dt><dd>${money(totals.total)}</dd></div>
      ${totals.taxIncluded ? taxRows : ''}
    </dl>`;
}

function discountRows(
  trace: Totals['trace'],
  money: (amount: number) => string,
  isWanted: (step: string) => boolean,
): Html[] {
  return trace
    .filter(({ step, detail }) => step.startsWith('discount.') && isWanted(step) && Number(detail.taken) > 0)
    .map(
      ({ detail }) => html`
      <div class="row row-discount"><dt>${String(detail.title)}</dt><dd>−${money(Number(detail.taken))}</dd></div>`,
    );
}

/** Each step of the sum in words, for whoever wants to know. */
function traceRows({ state, speech }: View): Html {
  const { totals, cart } = state;
  const { say } = speech;
  const money = (amount: unknown) => speech.money(Number(amount), totals.currency);
  const titles = new Map(cart.lines.map(({ id, variant }) => [String(id), variant?.title ?? '']));
  const titleOf = (key: unknown) =>
    key === 'shipping' ? say('summary.shipping') : (titles.get(String(key)) ?? String(key));
  const words = (step: string, detail: Totals['trace'][number]['detail']): string | undefined => {
    if (step === 'line')
      return say('trace.line', {
        title: titleOf(detail.key),
        quantity: String(detail.quantity),
        unit: money(detail.unitAmount),
        amount: money(detail.subtotal),
      });
    if (step === 'shipping')
      return say('trace.shipping', { title: String(detail.title), amount: money(detail.amount) });
    if (step.startsWith('discount.'))
      return say('trace.discount', {
        title: String(detail.title),
        from: money(detail.from),
        amount: money(detail.taken),
      });
    if (step === 'tax.line')
      return say('trace.tax', {
        title: titleOf(detail.of),
        rate: speech.percent(Number(detail.rateBps)),
        from: money(detail.amount),
        amount: money(detail.tax),
      });
    if (step === 'tax.rate')
      return say('trace.taxRate', {
        rate: speech.percent(Number(detail.rateBps)),
        from: money(detail.amount),
        amount: money(detail.tax),
      });
    if (step === 'total')
      return say('trace.total', {
        net: money(detail.net),
        tax: money(detail.tax),
        total: money(detail.total),
      });
    return undefined;
  };
  const steps = totals.trace.flatMap(({ step, detail }) => words(step, detail) ?? []);
  return html`
    <details class="trace"><summary>${say('trace.title')}</summary>
      <ol>${steps.map((text) => html`<li>${text}</li>`)}</ol></details>`;
}
