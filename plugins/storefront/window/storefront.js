// Makes the shop quicker. Without it each step is a page load, and everything works the same.

/** Puts the parts of another page in the place of the same parts of this one, as far as they differ. */
function swap(page, ...names) {
  for (const name of names) {
    const [here, there] = [document, page].map((one) => one.querySelector(`[data-swap="${name}"]`));
    if (here && there && here.innerHTML !== there.innerHTML) here.innerHTML = there.innerHTML;
  }
  showButton();
}

async function pageAt(address, options) {
  const answer = await fetch(address, { ...options, headers: { accept: 'text/html' } });
  if (!answer.ok) throw new Error(`Expected a page, got ${answer.status}`);
  return {
    address: new URL(answer.url),
    page: new DOMParser().parseFromString(await answer.text(), 'text/html'),
  };
}

/** As a form goes: where it leads to. */
const sent = (form) => pageAt(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });

/** While another variant can be chosen without a script, the button of a sold-out one goes on working. */
function showButton() {
  const button = document.querySelector('[data-gone]');
  if (button) Object.assign(button, { disabled: true, textContent: button.dataset.gone });
}

/** Price, stock and picture follow the choice; the address too, so that it can be sent to somebody. */
let wanted;
async function choose(variant) {
  wanted = variant;
  const here = new URL(location.href);
  here.search = new URLSearchParams({ variant });
  try {
    const { page } = await pageAt(here);
    if (wanted !== variant) return; // something else was chosen meanwhile
    swap(page, 'facts', 'problem', 'button', 'pictures');
    history.replaceState(null, '', here);
  } catch {
    location.assign(here);
  }
}

async function buy(form) {
  const { address, page } = await sent(form);
  swap(page, 'cart-link');
  const said = page.querySelector('.said');
  const toast = document.querySelector('[data-toast]');
  if (address.pathname !== '/cart' || !said) {
    toast.replaceChildren();
    swap(page, 'facts', 'problem', 'button');
    return;
  }
  swap(new DOMParser().parseFromString('<div data-swap="problem"></div>', 'text/html'), 'problem');
  const link = Object.assign(document.createElement('a'), {
    href: '/cart',
    textContent: page.querySelector('h1').textContent,
  });
  toast.replaceChildren(said.textContent, ' ', link);
}

/** The field that was in use keeps the focus; one that went leaves it to the heading. */
async function change(form) {
  const id = document.activeElement?.id;
  const { page } = await sent(form);
  swap(page, 'cart', 'cart-link');
  const next = (id && document.getElementById(id)) || document.querySelector('h1');
  if (!next.matches('input')) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  const work = form.matches('[data-buy]') ? buy : form.matches('[data-change]') ? change : undefined;
  if (!work) return;
  event.preventDefault();
  if (form.ariaBusy === 'true') return; // a second click asks nothing more
  form.ariaBusy = 'true';
  work(form)
    .catch(() => form.submit())
    .finally(() => {
      form.ariaBusy = 'false';
    });
});

document.addEventListener('change', ({ target }) => {
  if (target.matches('[data-buy] [name="id"]')) choose(target.value);
  if (target.matches('[data-change] [name="quantity"]') && target.reportValidity())
    target.form.requestSubmit();
});

showButton();
