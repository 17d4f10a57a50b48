import { later, sectionOf, swap } from '@theme/core';

/** Narrows and sorts a list without leaving the page; the address always says what is shown. */

const listing = document.querySelector('[data-listing]');
const form = listing?.querySelector('[data-facets]');

if (form) {
  const sendLater = later(() => go(addressOf(form), { isNew: true }), 250);
  form.addEventListener('change', sendLater);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sendLater();
  });
  form.addEventListener('click', (event) => {
    const link = event.target.closest('[data-facet-link]');
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    go(link.href, { isNew: true, isForm: true });
    form.querySelector('summary')?.focus();
  });
  addEventListener('popstate', () => go(location.href, { isForm: true }));
}

function addressOf(from) {
  const url = new URL(location.pathname, location.href);
  for (const [name, value] of new FormData(from)) if (value !== '') url.searchParams.append(name, value);
  return url.href;
}

async function go(address, { isNew = false, isForm = false }) {
  listing.setAttribute('aria-busy', 'true');
  try {
    const html = await sectionOf(address, listing.dataset.section);
    if (html === undefined) return;
    const made = swap(listing, html);
    if (isForm) takeFields(made);
    if (isNew) history.pushState({}, '', address);
  } catch {
    location.href = address;
  } finally {
    listing.removeAttribute('aria-busy');
  }
}

/** What was not chosen in the form, but by a link or by going back. */
function takeFields(made) {
  for (const field of form.querySelectorAll('select, input[type="number"]')) {
    const fresh = made.getElementById(field.id);
    if (fresh) field.value = fresh.value;
  }
}
