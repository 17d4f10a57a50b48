import type { Id } from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface Demo {
    /** Fills an empty store with a believable shop: products, pictures, stock, customers, a year of orders. Again is nothing. */
    fill(storeId: Id, shop: 'maison' | 'atelier'): Promise<void>;
  }

  interface Services {
    demo: Demo;
  }
}
