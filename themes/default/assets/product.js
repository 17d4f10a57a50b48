import { say, sectionOf, swap } from '@theme/core';

/** Chooses a variant without leaving the page. */

document.addEventListener('change', async ({ target }) => {
  const product = target.closest('[data-product]');
  if (!product || !target.matches('[data-option]')) return;
  const list = product.querySelector('[data-variant]');
  const wanted = chosenIn(product);
  const found = [...list.options].find(({ dataset }) => {
    const options = JSON.parse(dataset.options);
    return options.every((value, at) => value === wanted[at]);
  });
  const button = product.querySelector('[data-swap="buttons"] button');
  if (!found) {
    const { unavailable } = product.querySelector('[data-unavailable]').dataset;
    button.disabled = true;
    button.textContent = unavailable;
    say(unavailable);
    return;
  }
  list.value = found.value;
  const { address, section } = product.dataset;
  const url = new URL(address, location.href);
  url.searchParams.set('variant', found.value);
  const media = product.querySelector('.media');
  button.setAttribute('aria-busy', 'true');
  try {
    const html = await sectionOf(url, section);
    if (html === undefined) return;
    swap(product, html);
    media?.scrollTo({ left: 0 });
    history.replaceState(history.state, '', url);
  } catch {
    location.href = url;
  } finally {
    button.removeAttribute('aria-busy');
  }
});

function chosenIn(product) {
  const chosen = [];
  for (const field of product.querySelectorAll('[data-option]')) {
    if (field.type === 'radio' && !field.checked) continue;
    chosen[Number(field.dataset.option) - 1] = field.value;
  }
  return chosen;
}
