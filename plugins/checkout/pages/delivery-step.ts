import { html, type Html } from 'kontor/sdk';
import type { CheckoutView } from './view.ts';

/** Which way the goods go. */
export function deliveryStep(view: CheckoutView): Html {
  const { state, speech, sent } = view;
  const { say } = speech;
  if (state.rates.length === 0) {
    return html`
      <div class="notice notice-bad" role="status"><p>${say('delivery.none')}</p>
        <p><a href="/checkout?step=contact">${say('delivery.otherAddress')}</a></p></div>`;
  }
  const chosen = sent.values.rateCode ?? state.rate?.code ?? state.rates[0]!.code;
  return html`
    <form method="post" action="/checkout/delivery" data-enhance>
      <fieldset class="choices"><legend class="hidden">${say('step.delivery')}</legend>
        ${state.rates.map(
          ({ code, title, description, amount }) => html`
        <label class="choice"><input type="radio" name="rateCode" value="${code}" ${code === chosen ? html`checked` : ''} required>
          <span class="choice-words"><span class="choice-title">${title}</span>
            ${description ? html`<span class="hint">${description}</span>` : ''}</span>
          <span class="choice-price">${amount.amount === 0 ? say('price.free') : speech.money(amount.amount, amount.currency)}</span>
        </label>`,
        )}
      </fieldset>
      <button class="button" type="submit">${say('delivery.next')}</button>
    </form>`;
}

/** The same when it is done. */
export function deliveryDone({ state, speech }: CheckoutView): Html {
  const { rate } = state;
  if (!rate) return html``;
  const price =
    rate.amount.amount === 0
      ? speech.say('price.free')
      : speech.money(rate.amount.amount, rate.amount.currency);
  return html`
    <div class="done">
      <p>${rate.title} · ${price}</p>
      <a class="change" href="/checkout?step=delivery">${speech.say('step.change')}<span class="hidden"> – ${speech.say('step.delivery')}</span></a>
    </div>`;
}
