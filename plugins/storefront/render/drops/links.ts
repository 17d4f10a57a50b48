const PLACES: Readonly<Record<string, string>> = {
  products: '/products/',
  collections: '/collections/',
  pages: '/pages/',
  blogs: '/blogs/',
  articles: '/blogs/',
  policies: '/policies/',
};

/** The address behind one that the editor of a theme has written: `shopify://products/mug` is `/products/mug`. */
export function resolveAddress(address: string): string {
  const [, kind, rest] = /^(?:shopify|kontor):\/\/([a-z_]+)(?:\/(.*))?$/.exec(address) ?? [];
  if (kind === undefined) return address;
  if (kind === 'files' || kind === 'shop_images') return '';
  if (!rest) return kind === 'home' ? '/' : `/${kind}`;
  return Object.hasOwn(PLACES, kind) ? `${PLACES[kind]}${rest}` : '/';
}
