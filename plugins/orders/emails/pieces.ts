/** Words that the tables of every order mail share. */
export type TableWords = {
  readonly subtotal: string;
  readonly discount: string;
  readonly shipping: string;
  readonly taxWithin: string;
  readonly taxOnTop: string;
  readonly total: string;
  readonly deliveredTo: string;
  readonly billedTo: string;
  readonly payment: string;
  readonly button: string;
};

export const TABLES = {
  en: {
    subtotal: 'Subtotal',
    discount: 'Discount',
    shipping: 'Delivery',
    taxWithin: 'including {{ tax.rate }} VAT',
    taxOnTop: '{{ tax.rate }} VAT',
    total: 'Total',
    deliveredTo: 'Delivered to',
    billedTo: 'Bill to',
    payment: 'Payment',
    button: 'See your order',
  },
  fr: {
    subtotal: 'Sous-total',
    discount: 'Remise',
    shipping: 'Livraison',
    taxWithin: 'dont TVA {{ tax.rate }}',
    taxOnTop: 'TVA {{ tax.rate }}',
    total: 'Total',
    deliveredTo: 'Livraison à',
    billedTo: 'Facturation à',
    payment: 'Paiement',
    button: 'Voir votre commande',
  },
  de: {
    subtotal: 'Zwischensumme',
    discount: 'Rabatt',
    shipping: 'Versand',
    taxWithin: 'darin {{ tax.rate }} MwSt.',
    taxOnTop: '{{ tax.rate }} MwSt.',
    total: 'Gesamt',
    deliveredTo: 'Lieferung an',
    billedTo: 'Rechnung an',
    payment: 'Zahlung',
    button: 'Bestellung ansehen',
  },
  lb: {
    subtotal: 'Zwëschenzomm',
    discount: 'Rabatt',
    shipping: 'Liwwerung',
    taxWithin: 'dran {{ tax.rate }} TVA',
    taxOnTop: '{{ tax.rate }} TVA',
    total: 'Total',
    deliveredTo: 'Liwwerung un',
    billedTo: 'Rechnung un',
    payment: 'Bezuelung',
    button: 'Bestellung kucken',
  },
} satisfies Record<string, TableWords>;

const RULE = 'border-top:1px solid #dcdcd8';
const SMALL = 'font-size:14px;color:#5c5b56';
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px"';

/** What was bought, a row each. */
export const linesHtml = `<table ${TABLE}>
{%- for line in lines %}
<tr><td style="${RULE};padding:10px 12px 10px 0">{{ line.quantity }} × <strong>{{ line.title }}</strong>
{%- if line.variantTitle != '' %}<br><span class="small" style="${SMALL}">{{ line.variantTitle }}</span>{% endif %}
{%- for property in line.properties %}<br><span class="small" style="${SMALL}">{{ property.name }}: {{ property.value }}</span>{% endfor %}</td>
<td class="amount" style="${RULE};padding:10px 0">{{ line.amount | money }}</td></tr>
{%- endfor %}
</table>`;

export const linesText = `{% for line in lines -%}
{{ line.quantity }} × {{ line.title }}{% if line.variantTitle != '' %} ({{ line.variantTitle }}){% endif %}  {{ line.amount | money }}
{% for property in line.properties %}    {{ property.name }}: {{ property.value }}
{% endfor %}{% endfor %}`;

/** How the total came about, and how it is paid. */
export function totalsHtml(words: TableWords): string {
  const row = (label: string, amount: string) =>
    `<tr><td style="padding:4px 12px 4px 0">${label}</td><td class="amount" style="padding:4px 0">${amount}</td></tr>`;
  return `<table ${TABLE}>
${row(words.subtotal, '{{ totals.subtotal | money }}')}
{%- if totals.discount.amount > 0 %}${row(words.discount, '−{{ totals.discount | money }}')}{% endif %}
{%- if shippingTitle != '' %}${row(`${words.shipping} ({{ shippingTitle }})`, '{{ totals.shipping | money }}')}{% endif %}
{%- unless taxIncluded %}{% for tax in taxes %}${row(words.taxOnTop, '{{ tax.amount | money }}')}{% endfor %}{% endunless %}
<tr><td style="${RULE};padding:10px 12px 4px 0"><strong>${words.total}</strong></td>
<td class="amount" style="${RULE};padding:10px 0 4px"><strong>{{ totals.total | money }}</strong></td></tr>
{%- if taxIncluded %}{% for tax in taxes %}<tr><td class="small" style="${SMALL};padding:0 12px 0 0">${words.taxWithin}</td>
<td class="amount small" style="${SMALL};padding:0">{{ tax.amount | money }}</td></tr>{% endfor %}{% endif %}
</table>`;
}

export function totalsText(words: TableWords): string {
  return `${words.subtotal}: {{ totals.subtotal | money }}
{% if totals.discount.amount > 0 %}${words.discount}: -{{ totals.discount | money }}
{% endif %}{% if shippingTitle != '' %}${words.shipping} ({{ shippingTitle }}): {{ totals.shipping | money }}
{% endif %}{% unless taxIncluded %}{% for tax in taxes %}${words.taxOnTop}: {{ tax.amount | money }}
{% endfor %}{% endunless %}${words.total}: {{ totals.total | money }}
{% if taxIncluded %}{% for tax in taxes %}${words.taxWithin}: {{ tax.amount | money }}
{% endfor %}{% endif %}`;
}

/** Where it goes, where the bill goes, and how it is paid, side by side. */
export function addressesHtml(words: TableWords): string {
  const cell = (title: string, list: string) =>
    `<td style="padding:0 12px 0 0;font-size:14px"><strong>${title}</strong><br>{% for row in ${list} %}{{ row }}<br>{% endfor %}</td>`;
  return `<table ${TABLE}><tr>
{%- if shipTo.size > 0 %}${cell(words.deliveredTo, 'shipTo')}{% endif %}
{%- if billTo.size > 0 %}${cell(words.billedTo, 'billTo')}{% endif %}
</tr></table>
{% if paymentTitle != '' %}<p style="font-size:14px"><strong>${words.payment}</strong><br>{{ paymentTitle }}</p>{% endif %}`;
}

export function addressesText(words: TableWords): string {
  const block = (title: string, list: string) =>
    `{% if ${list}.size > 0 %}${title}:\n{% for row in ${list} %}{{ row }}\n{% endfor %}\n{% endif %}`;
  return `${block(words.deliveredTo, 'shipTo')}${block(words.billedTo, 'billTo')}{% if paymentTitle != '' %}${words.payment}: {{ paymentTitle }}{% endif %}`;
}

/** The way to the order's page. */
export function buttonHtml({ button }: TableWords): string {
  return `{% render 'button', url: order.url, label: "${button}" %}`;
}
