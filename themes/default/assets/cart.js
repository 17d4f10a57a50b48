import { later, say, swap } from '@theme/core';

/** What goes into the cart, and what is changed in it, without leaving the page. */

const drawer = document.getElementById('cart-drawer');
const carts = () => [...document.querySelectorAll('[data-cart]')];

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('[data-buy]') || !drawer) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector('[name="add"]');
  if (button?.getAttribute('aria-busy') === 'true') return;
  button?.setAttribute('aria-busy', 'true');
  const body = new FormData(form);
  addSections((name, value) => body.set(name, value));
  try {
    const { refused, answer } = await send(`${form.action.replace(/\.js$/, '')}.js`, { body });
    show(form, refused);
    if (refused) return;
    take(answer);
    if (!drawer.open) drawer.showModal();
    document.getElementById('cart-drawer-title')?.focus();
  } catch {
    form.submit(); // as without scripts
  } finally {
    button?.removeAttribute('aria-busy');
  }
});

document.addEventListener('click', (event) => {
  const remove = event.target.closest('[data-remove]');
  const line = remove?.closest('[data-line]');
  if (!line || !remove.closest('[data-cart]')) return;
  event.preventDefault();
  change(line, 0, () => {
    remove.form.submit();
  });
});

const changeLater = later((field) => {
  const line = field.closest('[data-line]');
  if (!line || !field.checkValidity() || field.value === '') return;
  change(line, Number(field.value), () => field.form?.requestSubmit());
}, 400);

document.addEventListener('change', (event) => {
  const field = event.target;
  if (!field.closest('[data-cart]')) return;
  if (field.matches('[data-quantity]')) changeLater(field);
  if (field.matches('[data-note]')) {
    const body = JSON.stringify({ note: field.value });
    send(address('update'), { body, type: 'application/json' }).catch(() => undefined); // it is sent again with the form
  }
});

async function change(line, quantity, otherwise) {
  line.setAttribute('aria-busy', 'true');
  const asked = { id: line.dataset.line, quantity };
  addSections((name, value) => {
    asked[name] = value;
  });
  try {
    const { refused, answer } = await send(address('change'), {
      body: JSON.stringify(asked),
      type: 'application/json',
    });
    if (answer.sections) take(answer);
    if (refused) refuse(findLine(asked.id) ?? line, refused);
    else if (quantity === 0) drawer?.open && document.getElementById('cart-drawer-title')?.focus();
  } catch {
    otherwise();
  } finally {
    line.removeAttribute('aria-busy');
  }
}

/** The line is as it was, and says why. */
function refuse(line, words) {
  const field = line.querySelector('[data-quantity]');
  if (field) field.value = field.defaultValue;
  show(line, words);
}

const findLine = (key) => document.querySelector(`[data-cart] [data-line="${CSS.escape(key)}"]`);

function addSections(set) {
  const ids = carts().map(({ dataset }) => dataset.section);
  set('sections', ids.slice(0, 5).join(','));
  set('sections_url', location.pathname);
}

/** @returns `refused`: why it was, in words */
async function send(url, { body, type }) {
  const headers = { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' };
  if (type) headers['content-type'] = type;
  const sent = await fetch(url, { method: 'POST', headers, body });
  const answer = await sent.json();
  if (sent.ok) return { answer };
  if (sent.status >= 500) throw new Error(`${url} was answered with ${sent.status}`);
  const { description, errors, message } = answer;
  return {
    answer,
    refused: description ?? (typeof errors === 'string' ? errors : message) ?? String(sent.status),
  };
}

function address(what) {
  const link = document.querySelector('[data-cart-link]');
  return `${link ? new URL(link.href).pathname : '/cart'}/${what}.js`;
}

/** Shows the cart as it is now, wherever it is shown. */
function take({ sections }) {
  let count;
  for (const cart of carts()) {
    const html = sections?.[cart.dataset.section];
    if (!html) continue;
    swap(cart, html);
    count = cart.querySelector('[data-count]')?.dataset.count ?? count;
  }
  if (count === undefined) return;
  for (const place of document.querySelectorAll('[data-cart-count]')) {
    place.textContent = count;
    place.hidden = count === '0';
  }
}

function show(place, words) {
  const problem = place.querySelector('[data-problem]');
  if (!problem) {
    if (words) say(words);
    return;
  }
  problem.textContent = words ?? '';
  problem.hidden = !words;
}
