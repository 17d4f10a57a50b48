/**
 * Draws the Payment Element of Stripe into a place of the checkout page. Card numbers go from it to Stripe and never to us.
 *
 * @param {{ element: HTMLElement, data: Record<string, string> }} input - `data` of the payment's step
 * @returns {Promise<{ pay(): Promise<void> }>} `pay` leaves the page for the bank or the store, or throws with words for the buyer
 */
export async function mount({ element, data }) {
  const { scriptUrl, publishableKey, clientSecret, returnUrl, action } = data;
  await load(scriptUrl);
  const stripe = window.Stripe(publishableKey);
  if (action === 'confirm') return { pay: () => confirm(stripe, clientSecret, returnUrl) };
  const elements = stripe.elements({ clientSecret });
  const fields = elements.create('payment');
  const shown = new Promise((resolve, reject) => {
    fields.on('ready', resolve);
    fields.on('loaderror', ({ error }) => reject(new Error(error.message)));
  });
  fields.mount(element);
  await shown;
  return {
    async pay() {
      const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: returnUrl } });
      if (error) throw new Error(error.message);
    },
  };
}

/** What the bank asks for without a page of its own. */
async function confirm(stripe, clientSecret, returnUrl) {
  const { error } = await stripe.handleNextAction({ clientSecret });
  if (error) throw new Error(error.message);
  location.assign(returnUrl);
}

/** Once, however often it is asked for. */
function load(src) {
  if (window.Stripe) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src, onload: resolve });
    script.onerror = () => reject(new Error(`${src} could not be loaded`));
    document.head.append(script);
  });
}
