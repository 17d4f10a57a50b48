/** Where the cart keeps its token in a browser. */
const COOKIE = 'kontor_cart';

/** The token of the visitor's cart; none is an empty text, which no cart has. */
export function cartTokenOf({ cookies }: { cookies: Readonly<Record<string, string | undefined>> }): string {
  return cookies[COOKIE] ?? '';
}
