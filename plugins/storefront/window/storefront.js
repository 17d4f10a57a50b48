// The price follows the choice. Everything works without this.
const choice = document.querySelector('select[name="id"]');
const price = document.querySelector('.buy [data-price]');
choice?.addEventListener('change', () => {
  const chosen = choice.selectedOptions[0];
  if (price && chosen) price.textContent = chosen.dataset.price;
  const address = new URL(location.href);
  address.searchParams.set('variant', choice.value);
  history.replaceState(null, '', address);
});
