import { type CheckoutState, html, type Html, type ReturnedPayment } from 'kontor/sdk';
import { contactDone, contactStep } from './contact-step.ts';
import { deliveryDone, deliveryStep } from './delivery-step.ts';
import { idOf } from './fields.ts';
import { page } from './layout.ts';
import { paymentStep } from './payment-step.ts';
import { summary } from './summary.ts';
import { type CheckoutView, type Step, stepsOf } from './view.ts';

/** The checkout: one page, one step open, those before it in short, those after it by name. */
export function checkoutPage(view: CheckoutView): string {
  const { speech, step } = view;
  const { say } = speech;
  const steps = stepsOf(view.state);
  const main = html`
    <div class="columns" data-checkout>
      <h1 class="hidden">${say('page.checkout')}</h1>
      <div class="column-summary">${summary(view)}</div>
      <div class="column-steps">
        ${problems(view)}
        <ol class="steps">
          ${steps.map((name, index) => section(view, { name, number: index + 1, place: Math.sign(index - steps.indexOf(step)) }))}
        </ol>
        <p><a class="back" href="/cart">${say('page.back')}</a></p>
      </div>
    </div>`;
  return page(view, { title: say('page.checkout'), main });
}

const OPEN: Readonly<Record<Step, (view: CheckoutView) => Html>> = {
  contact: contactStep,
  delivery: deliveryStep,
  payment: paymentStep,
};
const DONE: Readonly<Partial<Record<Step, (view: CheckoutView) => Html>>> = {
  contact: contactDone,
  delivery: deliveryDone,
};

/** @param place - -1 before the open step, 0 the open one, 1 after it */
function section(
  view: CheckoutView,
  { name, number, place }: { name: Step; number: number; place: number },
): Html {
  const title = view.speech.say(
    name === 'contact' && !view.state.cart.requiresShipping ? 'step.contactOnly' : `step.${name}`,
  );
  const content = place === 0 ? OPEN[name](view) : place < 0 ? DONE[name]?.(view) : undefined;
  const kind = place === 0 ? 'open' : place < 0 ? 'before' : 'after';
  return html`
    <li class="step step-${kind}" ${place === 0 ? html`aria-current="step"` : ''}>
      <h2><span class="step-number" aria-hidden="true">${place < 0 ? '✓' : number}</span>${title}</h2>
      ${content ?? ''}
    </li>`;
}

/** What has to be said before anything else: faults of what was sent, a payment that failed, money on its way back. */
function problems({ sent, speech, state }: CheckoutView): Html {
  const { say, money } = speech;
  const faults = Object.entries(sent.faults);
  const { payment, returned } = state;
  const hasFailed = payment?.state === 'failed' && !sent.problem;
  return html`
    ${
      returned && returned.amount > 0
        ? html`
    <div class="notice notice-bad" role="alert"><p><strong>${say('returned.title')}</strong></p>
      <p>${say('returned.text', { amount: money(returned.amount, returned.currency) })} ${say(`returned.${reasonOf(returned)}`)}</p></div>`
        : ''
    }
    ${
      sent.problem || faults.length > 0 || hasFailed
        ? html`
    <div class="notice notice-bad" role="alert" tabindex="-1" data-problems>
      <p><strong>${sent.problem ?? (hasFailed ? say('payment.failed') : say('problem.title'))}</strong></p>
      ${hasFailed && payment.error ? html`<p>${payment.error}</p>` : ''}
      ${faults.length > 0 ? html`<ul>${faults.map(([name, text]) => html`<li><a href="#${idOf(name)}">${text}</a></li>`)}</ul>` : ''}
    </div>`
        : ''
    }
    ${notices(state, speech)}`;
}

const KNOWN_REASONS = new Set(['outOfStock', 'priceChanged', 'notForSale']);

function reasonOf({ reason }: ReturnedPayment): string {
  return KNOWN_REASONS.has(reason) ? reason : 'refused';
}

function notices({ cart }: CheckoutState, { say }: CheckoutView['speech']): Html[] {
  const titles = new Map(cart.lines.map(({ variantId, variant }) => [variantId, variant?.title ?? '']));
  return cart.notices.map(({ code, variantId, available = 0 }) => {
    const text = say(`notice.${code}`, { title: titles.get(variantId) ?? '', available });
    return html`<div class="notice" role="status"><p>${text}</p></div>`;
  });
}
