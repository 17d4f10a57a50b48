import { html, type Html } from 'kontor/sdk';
import type { Sent } from './view.ts';
import type { Speech } from './speech.ts';

export type Field = {
  name: string;
  label: string;
  value?: string | undefined;
  type?: 'text' | 'email' | 'tel';
  autocomplete: string;
  isRequired?: boolean;
  /** Required, but not by the browser: it would hold the form for a field that is not shown. */
  isLoose?: boolean;
  inputmode?: 'numeric' | 'text';
  maxLength?: number;
  hint?: string;
  /** How many of the six columns it takes; all when left out. */
  columns?: 2 | 3 | 4;
};

type With = { speech: Speech; sent: Sent };

/** A text field with its label, and what is wrong with it beneath. */
export function textField({ speech, sent }: With, field: Field): Html {
  const { name, type = 'text', autocomplete, inputmode, maxLength = 120 } = field;
  const isHeld = field.isRequired && !field.isLoose;
  const value = sent.values[name] ?? field.value ?? '';
  return framed(
    { speech, sent },
    field,
    (id, more) => html`
    <input id="${id}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" maxlength="${maxLength}"
      ${inputmode ? html`inputmode="${inputmode}"` : ''} ${isHeld ? html`required` : ''} ${more}>`,
  );
}

/** A choice of one of a list. */
export function selectField(
  { speech, sent }: With,
  field: Omit<Field, 'type'> & { options: readonly { code: string; name: string }[] },
): Html {
  const value = sent.values[field.name] ?? field.value ?? '';
  return framed(
    { speech, sent },
    field,
    (id, more) => html`
    <select id="${id}" name="${field.name}" autocomplete="${field.autocomplete}" ${field.isRequired ? html`required` : ''} ${more}>
      ${field.options.map(({ code, name }) => html`<option value="${code}" ${code === value ? html`selected` : ''}>${name}</option>`)}
    </select>`,
  );
}

export function idOf(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9]+/g, '-').replace(/-$/, '');
}

function framed(
  { speech, sent }: With,
  {
    name,
    label,
    isRequired = false,
    hint,
    columns,
  }: Pick<Field, 'name' | 'label' | 'isRequired' | 'hint' | 'columns'>,
  control: (id: string, more: Html) => Html,
): Html {
  const id = idOf(name);
  const fault = sent.faults[name];
  const described = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(' ');
  const more = html`${fault ? html`aria-invalid="true"` : ''} ${described ? html`aria-describedby="${described}"` : ''}`;
  return html`
    <div class="field ${columns ? `field-${columns}` : ''}">
      <label for="${id}">${label}${isRequired ? '' : html` <span class="optional">${speech.say('field.optional')}</span>`}</label>
      ${control(id, more)}
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ''}
      ${fault ? html`<p class="fault" id="${id}-fault">${fault}</p>` : ''}
    </div>`;
}
