import type { LiquidDrop, LiquidRun, LiquidTag } from 'kontor/sdk';
import { attributes } from '../filters/html.ts';
import { type Page, pageOf } from '../page.ts';
import { defineDrop, plainDrop } from '../drops/drop.ts';

type Kind = {
  /** Where it is sent to. */
  action(about: string): string;
  readonly method?: 'post' | 'get';
  readonly id?: (about: string) => string;
  readonly className?: string;
  /** Sent along, unseen. */
  readonly hidden?: (page: Page, about: unknown) => Readonly<Record<string, string>>;
  readonly enctype?: string;
};

/** What forms of themes are for. */
export const FORMS: Readonly<Record<string, Kind>> = {
  product: {
    action: () => '/cart/add',
    id: (about) => `product_form_${about}`,
    className: 'shopify-product-form',
    enctype: 'multipart/form-data',
    hidden: ({ values }, about): Record<string, string> => {
      const id = values.text(values.get(about, 'id'));
      return id === '' ? {} : { 'product-id': id };
    },
  },
  cart: {
    action: () => '/cart',
    id: () => 'cart_form',
    className: 'shopify-cart-form',
    enctype: 'multipart/form-data',
  },
  customer: { action: () => '/contact#contact_form', id: () => 'contact_form', className: 'contact-form' },
  contact: { action: () => '/contact#contact_form', id: () => 'contact_form', className: 'contact-form' },
  localization: {
    action: () => '/localization',
    id: () => 'localization_form',
    className: 'shopify-localization-form',
    enctype: 'multipart/form-data',
    hidden: ({ asked }) => ({
      _method: 'put',
      return_to: `${asked.path}${asked.query.size > 0 ? `?${asked.query}` : ''}`,
    }),
  },
  currency: { action: () => '/localization', id: () => 'currency_form', className: 'shopify-currency-form' },
  customer_address: {
    action: (about) =>
      about === '' || about === 'new' ? '/account/addresses' : `/account/addresses/${about}`,
    id: (about) => `address_form_${about || 'new'}`,
  },
  customer_login: { action: () => '/account/login', id: () => 'customer_login' },
  create_customer: { action: () => '/account', id: () => 'create_customer' },
  recover_customer_password: { action: () => '/account/recover' },
  reset_customer_password: { action: () => '/account/reset' },
  activate_customer_password: { action: () => '/account/activate' },
  guest_login: {
    action: () => '/account/login',
    id: () => 'customer_login_guest',
    hidden: () => ({ guest: 'true' }),
  },
  storefront_password: {
    action: () => '/password',
    id: () => 'login_form',
    className: 'storefront-password-form',
  },
  new_comment: {
    action: (about) => `${about}/comments#comment_form`,
    id: () => 'comment_form',
    className: 'comment-form',
  },
};

/** `{% form 'product', product, class: 'buy' %}` */
export const formTag: LiquidTag = {
  body: 'liquid',
  compile(tag) {
    const { read, body } = tag;
    const type = read.quoted();
    const dynamic = type === undefined ? read.value() : undefined;
    if (type === undefined && !dynamic)
      return tag.fail('"form" needs its kind: {% form \'product\', product %}');
    read.take(',');
    // `form 'contact', class: 'a'` has no object; `value()` would take the name of the argument for one.
    const hasAbout = !/^[^,]*,\s*[\w-]+\s*:/.test(tag.markup);
    const about = hasAbout ? read.value() : undefined;
    const named = read.named();
    return (run) => {
      const page = pageOf(run);
      const name = type ?? page.values.text(dynamic!(run));
      const kind = Object.hasOwn(FORMS, name) ? FORMS[name]! : undefined;
      if (!kind) return run.fail(`there is no form '${name.slice(0, 50)}'`);
      const given = Object.fromEntries(Object.entries(named).map(([key, value]) => [key, value(run)]));
      writeForm({ page, run, name, kind, about: about?.(run), given }, () => body(run));
    };
  },
};

type Form = {
  page: Page;
  run: LiquidRun;
  name: string;
  kind: Kind;
  about: unknown;
  given: Readonly<Record<string, unknown>>;
};

function writeForm({ page, run, name, kind, about, given }: Form, body: () => void): void {
  const { values } = page;
  const { return_to: returnTo, ...more } = given;
  const key = values.text(values.get(about, name === 'new_comment' ? 'url' : 'id'));
  const written = attributes(
    {
      method: kind.method ?? 'post',
      action: kind.action(key),
      id: kind.id?.(key),
      'accept-charset': 'UTF-8',
      class: kind.className,
      enctype: kind.enctype,
      ...more,
    },
    values,
  );
  const hidden = {
    form_type: name,
    utf8: '✓',
    ...kind.hidden?.(page, about),
    ...(returnTo !== undefined && {
      return_to: values.text(returnTo) === 'back' ? page.asked.path : values.text(returnTo),
    }),
  };
  run.write(`<form${written}>`);
  for (const [field, value] of Object.entries(hidden)) {
    run.write(`<input${attributes({ type: 'hidden', name: field, value }, values)} />`);
  }
  run.with({ form: formDrop({ page, name, about }) }, body);
  run.write('</form>');
}

/** What came back of a form that was sent: in the address of the page it leads back to, as there is no other place without scripts. */
export const formDrop = defineDrop<{ page: Page; name: string; about: unknown }>('form', {
  'posted_successfully?': ({ page, name }) => isSent(page, name),
  errors: ({ page, name }) => errors(page, name),
  id: ({ page, about }) => page.values.get(about, 'id') ?? null,
  email: ({ page, about }) => field(page, 'email', about),
  author: ({ page, about }) => field(page, 'author', about),
  body: ({ page, about }) => field(page, 'body', about),
  name: ({ page, about }) => field(page, 'name', about),
  message: ({ page, about }) => field(page, 'message', about),
  first_name: ({ page, about }) => field(page, 'first_name', about),
  last_name: ({ page, about }) => field(page, 'last_name', about),
  company: ({ page, about }) => field(page, 'company', about),
  address1: ({ page, about }) => field(page, 'address1', about),
  address2: ({ page, about }) => field(page, 'address2', about),
  city: ({ page, about }) => field(page, 'city', about),
  country: ({ page, about }) => field(page, 'country', about),
  province: ({ page, about }) => field(page, 'province', about),
  zip: ({ page, about }) => field(page, 'zip', about),
  phone: ({ page, about }) => field(page, 'phone', about),
  password_needed: () => true,
  set_as_default_checkbox: ({ page, about }) => {
    const id = page.values.text(page.values.get(about, 'id')) || 'new';
    return `<input type="checkbox" id="address_default_address_${page.values.escape(id)}" name="address[default]" value="1">`;
  },
});

function isSent({ asked }: Page, name: string): boolean {
  const isContact = name === 'contact' && asked.query.get('contact_posted') === 'true';
  const isCustomer = name === 'customer' && asked.query.get('customer_posted') === 'true';
  return isContact || isCustomer || asked.query.get('form_posted') === name;
}

function errors(page: Page, name: string): LiquidDrop | null {
  const { asked, say } = page;
  const [form, ...fields] = (asked.query.get('form_errors') ?? '').split(',').map((one) => one.slice(0, 40));
  if (form !== name || fields.length === 0) return null;
  const known = fields.filter((one) => /^[a-z_]{1,40}$/.test(one)).slice(0, 10);
  const words = Object.fromEntries(
    known.map((one) => [one, say(one === 'form' ? 'form.wrong' : 'form.invalid')]),
  );
  return plainDrop(
    {
      messages: plainDrop(words),
      translated_fields: plainDrop(Object.fromEntries(known.map((one) => [one, one.replaceAll('_', ' ')]))),
    },
    { items: known, json: known },
  );
}

/** What it is about, so that it can be changed. */
function field({ values }: Page, key: string, about: unknown): unknown {
  return values.get(about, key) ?? null;
}
