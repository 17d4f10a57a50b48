import { addressFields, addressLines } from './address-fields.ts';
import { textField } from './fields.ts';
import { html, type Html } from 'kontor/sdk';
import type { CheckoutView } from './view.ts';

/** Who buys, and where the goods go; where nothing is delivered, who the bill is for. */
export function contactStep(view: CheckoutView): Html {
  const { state, speech, settings, sent, countries, savedAddresses } = view;
  const { say } = speech;
  const isDelivered = state.cart.requiresShipping;
  const known = isDelivered ? state.shipTo : state.billTo;
  const usual = savedAddresses.find((one) => (isDelivered ? one.isDefaultShipping : one.isDefaultBilling));
  const isTicked = 'email' in sent.values ? 'acceptsMarketing' in sent.values : state.acceptsMarketing;
  return html`
    <form method="post" action="/checkout/contact" novalidate data-enhance>
      <h3>${say('contact.who')}</h3>
      ${view.isSignedIn || !settings.signInPath ? '' : html`<p class="aside">${say('contact.known')} <a href="${settings.signInPath}">${say('contact.signIn')}</a></p>`}
      <div class="fields">
        ${textField(view, {
          name: 'email',
          label: say('field.email'),
          type: 'email',
          value: state.email,
          autocomplete: 'email',
          isRequired: true,
          maxLength: 254,
          hint: say('field.email.hint'),
        })}
      </div>
      ${
        settings.marketing
          ? html`
      <label class="tick"><input type="checkbox" name="acceptsMarketing" value="yes" ${isTicked ? html`checked` : ''}>
        <span>${say('contact.marketing', { store: view.store.name })}</span></label>`
          : ''
      }
      <h3>${say(isDelivered ? 'contact.shipTo' : 'contact.billTo')}</h3>
      ${savedAddresses.length > 0 ? saved(view) : ''}
      ${addressFields(view, {
        prefix: isDelivered ? 'shipTo' : 'billTo',
        section: isDelivered ? 'shipping' : 'billing',
        address: known ?? usual ?? null,
        countries,
      })}
      <button class="button" type="submit">${say(isDelivered ? 'contact.next' : 'contact.nextPayment')}</button>
    </form>`;
}

function saved({ savedAddresses, speech }: CheckoutView): Html {
  return html`
    <fieldset class="saved"><legend>${speech.say('contact.saved')}</legend>
      ${savedAddresses.map(
        (address) => html`
      <button class="card" type="submit" name="use" value="${address.id}" formnovalidate>
        ${address.firstName} ${address.lastName}, ${address.line1}, ${address.postalCode} ${address.city}</button>`,
      )}
    </fieldset>`;
}

/** The same when it is done. */
export function contactDone(view: CheckoutView): Html {
  const { state, speech } = view;
  const address = state.cart.requiresShipping ? state.shipTo : state.billTo;
  return html`
    <div class="done">
      <div><p>${state.email}</p>${address ? addressLines({ speech }, address) : ''}</div>
      <a class="change" href="/checkout?step=contact">${speech.say('step.change')}<span class="hidden"> – ${speech.say('step.contact')}</span></a>
    </div>`;
}
