import { type Html, html, type Product, type Variant } from 'kontor/sdk';
import { isGone, type Levels } from '../services/stock.ts';
import type { Frame } from './frame.ts';

const MOST_BUTTONS = 12; // a list is quicker to read beyond

type Chosen = { chosen: Variant; levels: Levels };

/** One variant needs no choice; a few values of one option are buttons, all else is a list. */
export function choice(frame: Frame, product: Product, { chosen, levels }: Chosen): Html {
  const { variants, options } = product;
  if (variants.length === 1) return html`<input type="hidden" name="id" value="${chosen.id}">`;
  const isFew = options.length === 1 && variants.length <= MOST_BUTTONS;
  return (isFew ? buttons : list)(frame, product, { chosen, levels });
}

function buttons(frame: Frame, { variants, options }: Product, { chosen, levels }: Chosen): Html {
  const isOnePrice = variants.every(({ amount }) => amount === chosen.amount);
  return html`<fieldset class="choice"><legend>${options[0]!.name}</legend>${variants.map((variant) => {
    const { id, amount } = variant;
    const gone = isGone(levels, id);
    return html`<label ${gone ? html`class="gone"` : ''}><input type="radio" name="id" value="${id}" ${id === chosen.id ? html`checked` : ''}>
      <span>${variant.options[0]}${isOnePrice ? '' : html` <small>${frame.money(amount)}</small>`}${gone ? html`<span class="unseen"> (${frame.say('product.soldOut')})</span>` : ''}</span></label>`;
  })}</fieldset>`;
}

function list({ money, say }: Frame, { variants, options }: Product, { chosen, levels }: Chosen): Html {
  return html`<div><label for="variant">${options.map(({ name }) => name).join(' / ')}</label>
    <select id="variant" name="id">${variants.map(
      ({ id, amount, ...variant }) =>
        html`<option value="${id}" ${id === chosen.id ? html`selected` : ''}>${variant.options.join(' / ')} – ${money(amount)}${isGone(levels, id) ? ` (${say('product.soldOut')})` : ''}</option>`,
    )}</select></div>`;
}
