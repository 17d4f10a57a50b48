/**
 * What a page loads in the place of stripe.js: a choice of test cards instead of the Payment Element, and the one call that
 * confirms with it. Enough of the real interface for our own module to work on it unchanged.
 */
export const STRIPE_JS = `window.Stripe = (publishableKey) => {
  const origin = new URL(document.querySelector('script[src$="/stripe.js"]').src).origin;
  return {
    elements: ({ clientSecret }) => {
      const choice = document.createElement('select');
      choice.name = 'fake-card';
      for (const card of ['pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_threeDSecure2Required'])
        choice.append(new Option(card, card));
      return {
        clientSecret,
        choice,
        submit: async () => ({}),
        create: () => ({
          on: (name, then) => name === 'ready' && queueMicrotask(then),
          mount: (place) => place.append(choice),
        }),
      };
    },
    async confirmPayment({ elements, confirmParams }) {
      const { clientSecret, choice } = elements;
      const id = clientSecret.split('_secret')[0];
      const answer = await fetch(origin + '/v1/payment_intents/' + id + '/confirm', {
        method: 'POST',
        body: new URLSearchParams({
          client_secret: clientSecret,
          payment_method: choice.value,
          return_url: confirmParams.return_url,
        }),
      });
      const body = await answer.json();
      if (body.error) return { error: body.error };
      location.href = body.next_action ? body.next_action.redirect_to_url.url : confirmParams.return_url;
      return {};
    },
  };
};
`;
