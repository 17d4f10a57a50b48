import { later, say, sectionOf } from '@theme/core';

/** Shows what is found while one is still typing. Enter goes to the page of results, as without scripts. */

const SHORTEST = 2;
const SECTION = 'predictive-search';

for (const form of document.querySelectorAll('[data-suggest]')) {
  const field = form.querySelector('input[type="search"]');
  const panel = form.querySelector('[data-suggestions]');
  const hide = () => {
    panel.hidden = true;
  };
  const askLater = later(() => suggest(form, { field, panel }), 200);

  field.addEventListener('input', () => (field.value.trim().length < SHORTEST ? hide() : askLater()));
  field.addEventListener('focus', () => {
    if (panel.childElementCount > 0 && field.value.trim().length >= SHORTEST) panel.hidden = false;
  });
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !form.contains(relatedTarget)) hide();
  });
  document.addEventListener('click', ({ target }) => {
    if (!form.contains(target)) hide();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.hidden) {
      event.preventDefault();
      event.stopPropagation();
      hide();
      field.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || panel.hidden) return;
    const stops = [field, ...panel.querySelectorAll('.suggestion')];
    const at = stops.indexOf(document.activeElement);
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length].focus();
  });
}

async function suggest(form, { field, panel }) {
  const url = new URL(form.dataset.suggest, location.href);
  const terms = field.value.trim();
  if (terms.length < SHORTEST) return;
  url.searchParams.set('q', terms);
  url.searchParams.set('resources[type]', 'product,collection,page,article');
  url.searchParams.set('resources[limit]', '6');
  try {
    const html = await sectionOf(url, SECTION, form);
    if (html === undefined) return;
    const found = new DOMParser()
      .parseFromString(html, 'text/html')
      .querySelector('[data-swap="suggestions"]');
    panel.replaceChildren(...(found?.childNodes ?? []));
    panel.hidden = !found || !form.contains(document.activeElement);
    if (!panel.hidden) say(found.dataset.saidAfter ?? '', { isQuiet: true });
  } catch {
    panel.hidden = true; // the search itself still works
  }
}
