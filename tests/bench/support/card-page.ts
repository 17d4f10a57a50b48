const CARD = `{%- liquid
  assign first = product.variants | first
  assign picture = product.media[0]
  assign is_on_sale = false
  if product.compare_at_price > product.price
    assign is_on_sale = true
  endif
-%}
<article class="card{% if is_on_sale %} card--sale{% endif %}" id="card-{{ product.id }}">
  <a href="{{ product.url }}?variant={{ first.id }}" aria-label="{{ product.title | escape }}">
    {% if picture %}
      <img src="{{ picture.src | picture_url: width: 533 }}" alt="{{ picture.alt | escape }}"
        srcset="{{ picture.src | picture_url: width: 165 }} 165w, {{ picture.src | picture_url: width: 360 }} 360w, {{ picture.src | picture_url: width: 533 }} 533w"
        {% unless is_lazy %}fetchpriority="high"{% else %}loading="lazy"{% endunless %} width="533" height="{{ 533 | divided_by: picture.ratio | round }}">
    {% else %}
      <span class="card__nothing">{{ product.title | truncate: 20 }}</span>
    {% endif %}
  </a>
  <h3>{{ product.title | escape }}</h3>
  <p class="card__vendor">{{ product.vendor | upcase }} {{ product.tags | join: ', ' }}</p>
  {% if is_on_sale %}
    <s>{{ product.compare_at_price | price }}</s> <strong>{{ product.price | price }}</strong>
    <em>-{{ product.compare_at_price | minus: product.price | times: 100 | divided_by: product.compare_at_price | floor }} %</em>
  {% else %}
    <strong>{{ product.price | price }}</strong>
  {% endif %}
  <ul>
    {%- for variant in product.variants -%}
      <li class="{% if variant.available and forloop.index < 5 %}in{% else %}out{% endif %}" data-id="{{ variant.id }}">
        {{- variant.option1 }} / {{ variant.option2 -}}
        {%- case variant.option2 -%}
          {%- when 'S', 'M' -%} small
          {%- when 'L' -%} large
          {%- else -%} other
        {%- endcase -%}
        {%- unless variant.available %} sold out{% endunless -%}
      </li>
    {%- endfor -%}
  </ul>
</article>`;

const PAGE = `<h1>{{ collection.title }}</h1>
{% for product in collection.products %}
  {% assign is_lazy = true %}{% if forloop.index <= section.eager %}{% assign is_lazy = false %}{% endif %}
  {% render 'card', product: product, is_lazy: is_lazy, section: section %}
{% endfor %}`;

/** A list of 48 products with six variants each, as a theme would write it. */
export const cardPage = {
  page: PAGE,
  card: CARD,
  data: () => ({
    section: { eager: 4 },
    collection: { title: 'Tea & more', products: Array.from({ length: 48 }, (_, index) => product(index)) },
  }),
};

function product(index: number) {
  const price = 500 + index * 37;
  return {
    id: 1000 + index,
    title: `Tea ${index} & milk`,
    url: `/products/tea-${index}`,
    vendor: 'Teahouse',
    tags: ['green', 'loose', `n${index % 7}`],
    price,
    compare_at_price: index % 3 === 0 ? price + 250 : 0,
    media:
      index % 9 === 8 ? [] : [{ src: `files/tea-${index}.jpg`, alt: `A cup of tea ${index}`, ratio: 1.25 }],
    variants: Array.from({ length: 6 }, (_, at) => ({
      id: index * 10 + at,
      option1: at % 2 === 0 ? 'Bag' : 'Tin',
      option2: ['S', 'M', 'L', 'XL'][at % 4],
      available: (index + at) % 5 !== 0,
    })),
  };
}

export const price = (amount: unknown): string => `€${(Number(amount) / 100).toFixed(2)}`;
export const pictureUrl = (source: unknown, width: unknown): string =>
  `/pictures/${String(source)}?width=${String(width)}`;
