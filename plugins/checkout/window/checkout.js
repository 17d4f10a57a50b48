// Makes the forms of the checkout quicker. Without it each one is a page load, and everything works the same.

const PLACE = '[data-checkout]';

/** Sends a form and puts the answer in place of the page, without a jump. Anything unexpected is left to the browser. */
async function send(form, submitter) {
  const place = document.querySelector(PLACE);
  form.setAttribute('aria-busy', 'true');
  try {
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
    const isHere = new URL(answer.url).origin === location.origin;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector(PLACE);
    if (!isHere || !fresh || !place) {
      location.assign(isHere && answer.redirected ? answer.url : '/checkout');
      return;
    }
    place.replaceWith(fresh);
    document.title = page.title;
    if (answer.redirected) history.replaceState(null, '', answer.url);
    begin(fresh);
  } finally {
    form.removeAttribute('aria-busy');
  }
}

/** Whoever cannot see the change hears where they are. */
function begin(place) {
  const first = place.querySelector('[data-problems]') ?? place.querySelector('.step-open h2');
  first?.setAttribute('tabindex', '-1');
  first?.focus({ preventScroll: true });
  first?.scrollIntoView({ block: 'nearest' });
  prepare();
}

/** On a phone the summary begins closed: the form is what people came for. At a desk the style shows it from the start. */
function prepare() {
  const summary = document.querySelector('details.summary');
  if (!summary || !matchMedia('(min-width: 900px)').matches) return;
  summary.open = true;
  summary.dataset.ready = '';
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-enhance]')) return;
  // A second press of the order button would ask the same again.
  if (form.getAttribute('aria-busy') === 'true') {
    event.preventDefault();
    return;
  }
  // The order button may lead to a bank, which takes a page load of its own.
  if (form.matches('[data-once]')) {
    form.setAttribute('aria-busy', 'true');
    return;
  }
  event.preventDefault();
  send(form, event.submitter).catch(() => form.submit());
});

/** Lets the provider's script draw its fields, and sends the buyer on once it has what it needs. */
async function payByScript(form, mount) {
  const problem = document.querySelector('[data-script-problem]');
  const button = form.querySelector('button');
  const tell = (error) => {
    problem.textContent = error.message;
    problem.hidden = false;
  };
  try {
    const data = JSON.parse(form.dataset.script);
    const { pay } = await mount({ element: form.querySelector('[data-script-place]'), data });
    button.disabled = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      problem.hidden = true;
      button.disabled = true;
      pay()
        .catch(tell)
        .finally(() => {
          button.disabled = false;
        });
    });
  } catch (error) {
    tell(error);
  }
}

// Said by the page of the provider's script, once that is loaded.
document.addEventListener('payment-script', ({ detail: { mount } }) => {
  payByScript(document.querySelector('form[data-script]'), mount);
});

// Back from the bank's page by the browser's button: the form is there as it was left.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('[aria-busy]')) form.removeAttribute('aria-busy');
});

document.querySelector('[data-problems]')?.focus();
prepare();
