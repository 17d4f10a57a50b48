import { html, type Html, type PaymentField } from 'kontor/sdk';
import { addressFields } from './address-fields.ts';
import { COUNTRIES } from './countries.ts';
import { selectField, textField } from './fields.ts';
import { amountRows, lineRows } from './summary.ts';
import type { CheckoutView } from './view.ts';

/** Who the bill is for, how it is paid, and the button that binds. */
export function paymentStep(view: CheckoutView): Html {
  const { state, speech, sent } = view;
  const { say } = speech;
  const { totals, methods } = state;
  const isFree = totals.total === 0;
  return html`
    <form method="post" action="/checkout/pay" data-enhance data-once>
      <input type="hidden" name="expected" value="${totals.total}">
      ${state.cart.requiresShipping ? billing(view) : ''}
      <h3>${say('payment.how')}</h3>
      ${isFree ? html`<p>${say('payment.free')}</p>` : ''}
      ${!isFree && methods.length === 0 ? html`<div class="notice notice-bad" role="status"><p>${say('payment.none')}</p></div>` : ''}
      ${isFree ? '' : methodChoices(view)}
      <details class="note" ${sent.values.note || state.cart.note ? html`open` : ''}>
        <summary>${say('payment.note')}</summary>
        <label class="hidden" for="note">${say('payment.note')}</label>
        <textarea id="note" name="note" rows="3" maxlength="1000">${sent.values.note ?? state.cart.note}</textarea>
      </details>
      ${recap(view)}
      ${legal(view)}
      <button class="button button-order" type="submit" ${!isFree && methods.length === 0 ? html`disabled` : ''}>${say('payment.order')}</button>
    </form>`;
}

function billing(view: CheckoutView): Html {
  const { speech, state, sent, isBillSame } = view;
  const { say } = speech;
  const isSame = sent.values.billing ? sent.values.billing === 'same' : isBillSame;
  return html`
    <h3>${say('payment.billTo')}</h3>
    <fieldset class="choices"><legend class="hidden">${say('payment.billTo')}</legend>
      <label class="choice"><input type="radio" name="billing" value="same" ${isSame ? html`checked` : ''}>
        <span class="choice-words">${say('payment.billSame')}</span></label>
      <label class="choice"><input type="radio" name="billing" value="other" ${isSame ? '' : html`checked`}>
        <span class="choice-words">${say('payment.billOther')}</span></label>
      <div class="choice-more" data-shown-by="billing=other">
        ${addressFields(view, {
          prefix: 'billTo',
          section: 'billing',
          address: isSame && state.shipTo ? { country: state.shipTo.country } : state.billTo,
          countries: COUNTRIES,
          isLoose: true,
        })}
      </div>
    </fieldset>`;
}

function methodChoices(view: CheckoutView): Html {
  const { state, speech, sent } = view;
  const { methods } = state;
  const chosen = sent.values.method ?? state.payment?.method;
  const code = methods.some((one) => one.code === chosen) ? chosen : methods[0]?.code;
  return html`
    <fieldset class="choices"><legend class="hidden">${speech.say('payment.how')}</legend>
      ${methods.map(
        (method) => html`
      <label class="choice"><input type="radio" name="method" value="${method.code}" ${method.code === code ? html`checked` : ''} required>
        <span class="choice-words"><span class="choice-title">${method.title}</span>
          ${method.description ? html`<span class="hint">${method.description}</span>` : ''}</span>
        ${method.isTest ? html`<span class="badge">${speech.say('payment.test')}</span>` : ''}
      </label>
      ${method.fields?.length ? methodFields(view, method.code, method.fields) : ''}`,
      )}
    </fieldset>`;
}

/** What a way to pay wants to know on our page; a card is asked for by its provider, on a page or in a frame of theirs. */
function methodFields(view: CheckoutView, code: string, fields: readonly PaymentField[]): Html {
  return html`
    <div class="choice-more" data-shown-by="method=${code}">
      <div class="fields">
        ${fields.map(({ name, title, value, options }) => {
          const field = { name: `details[${code}][${name}]`, label: title, value, autocomplete: 'off' };
          return options
            ? selectField(view, {
                ...field,
                isRequired: true,
                options: options.map((one) => ({ code: one.value, name: one.title })),
              })
            : textField(view, { ...field, isRequired: true, isLoose: true });
        })}
      </div>
    </div>`;
}

/** What is bought and what it costs, right above the button, as the law wants it. */
function recap(view: CheckoutView): Html {
  const { speech } = view;
  return html`
    <div class="recap" role="group" aria-label="${speech.say('summary.title')}">
      <h3>${speech.say('payment.recap')}</h3>
      <ul class="lines">${lineRows(view)}</ul>
      ${amountRows(view)}
    </div>`;
}

function legal({ settings, speech }: CheckoutView): Html {
  const { termsUrl, privacyUrl } = settings;
  const { say } = speech;
  if (!termsUrl && !privacyUrl) return html``;
  return html`
    <p class="legal">${say('legal.accept')}
      ${termsUrl ? html`<a href="${termsUrl}" target="_blank" rel="noopener">${say('legal.terms')}</a>` : ''}
      ${privacyUrl ? html`<a href="${privacyUrl}" target="_blank" rel="noopener">${say('legal.privacy')}</a>` : ''}
    </p>`;
}
