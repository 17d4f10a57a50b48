import type { Id, Json, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  type ProductState = 'draft' | 'active' | 'archived';
  type ProductKind = 'physical' | 'digital' | 'service' | 'bundle';

  /** A product as its team sees it. Texts are in the store's language; `translations` has the others. */
  interface Product {
    readonly id: Id;
    /** Grows with each change; a change names the version it was made from. */
    readonly version: number;
    readonly handle: string;
    readonly kind: ProductKind;
    readonly state: ProductState;
    /** Seen from here on, and until `unpublishAt`; null while it is a draft without a plan. */
    readonly publishAt: Date | null;
    readonly unpublishAt: Date | null;
    readonly title: string;
    /** Sanitised HTML. */
    readonly description: string;
    readonly vendor: string;
    readonly type: string;
    readonly tags: readonly string[];
    readonly taxClass: string;
    readonly seo: { readonly title: string; readonly description: string };
    /** General product safety (EU 2023/988): who made it, who answers for it in the Union, warnings. */
    readonly safety: {
      readonly manufacturer?: string;
      readonly responsible?: string;
      readonly warnings?: string;
    };
    /** Up to three. */
    readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
    readonly variants: readonly Variant[];
    readonly pictures: readonly Picture[];
    /** By language: title, description, seo, option names and values. */
    readonly translations: Readonly<Record<string, ProductTexts>>;
    readonly collectionIds: readonly Id[];
    readonly createdAt: Date;
    readonly updatedAt: Date;
  }

  interface ProductTexts {
    readonly title?: string;
    readonly description?: string;
    readonly seo?: { readonly title?: string; readonly description?: string };
    readonly handle?: string;
    readonly options?: readonly { readonly name: string; readonly values: readonly string[] }[];
  }

  interface Variant {
    readonly id: Id;
    readonly title: string;
    /** One value for each option of the product. */
    readonly options: readonly string[];
    readonly sku: string;
    /** GTIN with a right check digit, or empty. */
    readonly barcode: string;
    readonly mpn: string;
    /** Minor units of the store's currency. */
    readonly amount: number;
    readonly compareAtAmount: number | null;
    readonly costAmount: number | null;
    readonly weightGrams: number;
    readonly requiresShipping: boolean;
    readonly pictureId: Id | null;
    /** For the price by unit, e.g. 750 ml per litre. */
    readonly unit: { readonly quantity: number; readonly unit: string; readonly reference: number } | null;
    readonly position: number;
    /** As `Catalog.lowestRecentAmount` says; only where it was asked for, of what is reduced. */
    readonly lowestRecentAmount?: number;
    /** Prices besides the plain one. */
    readonly prices: readonly VariantPrice[];
  }

  /** A price in another currency, for a group of customers, or from a quantity on. */
  interface VariantPrice {
    readonly currency: string;
    /** Code of a customer group; empty for everybody. */
    readonly group: string;
    readonly minQuantity: number;
    readonly amount: number;
    readonly compareAtAmount: number | null;
  }

  /** What a cart and an order need to know of a variant, in one query. */
  interface SellableVariant {
    readonly variantId: Id;
    readonly productId: Id;
    readonly handle: string;
    readonly kind: ProductKind;
    readonly title: string;
    readonly variantTitle: string;
    readonly options: readonly { readonly name: string; readonly value: string }[];
    readonly sku: string;
    readonly vendor: string;
    readonly type: string;
    readonly taxClass: string;
    readonly weightGrams: number;
    readonly requiresShipping: boolean;
    readonly picture: Picture | null;
    /** Minor units for one, of the asked currency, group and quantity. */
    readonly unitAmount: number;
    readonly compareAtAmount: number | null;
    /** Whether a visitor may buy it now. */
    readonly isForSale: boolean;
  }

  /** A product in a list: kept ready by the catalogue, one row a product. */
  interface ProductCard {
    readonly id: Id;
    readonly handle: string;
    readonly title: string;
    readonly vendor: string;
    readonly type: string;
    readonly state: ProductState;
    readonly picture: Picture | null;
    readonly secondPicture: Picture | null;
    /** Lowest and highest of its variants. */
    readonly minAmount: number;
    readonly maxAmount: number;
    readonly compareAtAmount: number | null;
    readonly variantIds: readonly Id[];
    readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
    readonly createdAt: Date;
    readonly updatedAt: Date;
  }

  type CardSort = 'newest' | 'oldest' | 'title' | '-title' | 'price' | '-price' | 'position' | 'updated';

  interface CardQuery {
    readonly collectionId?: Id;
    /** Given back in this order when no other is asked for. */
    readonly ids?: readonly Id[];
    readonly state?: ProductState;
    /** Only what a visitor sees now. */
    readonly isVisible?: boolean;
    readonly vendor?: string;
    readonly type?: string;
    readonly tag?: string;
    readonly minAmount?: number;
    readonly maxAmount?: number;
    /** Words of titles, SKUs and barcodes, each by its beginning. */
    readonly text?: string;
    /** `position` within a collection, else `newest`. */
    readonly sort?: CardSort;
    /** As the answer before gave it. */
    readonly cursor?: string;
    /** 24 when left out, 100 at most. */
    readonly limit?: number;
    readonly locale?: string;
  }

  interface ProductInput {
    handle?: string;
    kind?: ProductKind;
    state?: ProductState;
    publishAt?: Date | null;
    unpublishAt?: Date | null;
    title: string;
    description?: string;
    vendor?: string;
    type?: string;
    tags?: readonly string[];
    taxClass?: string;
    seo?: { title?: string; description?: string };
    safety?: Product['safety'];
    options?: readonly { name: string; values?: readonly string[] }[];
    /** One plain variant when left out. Known ones are named by id; one left out is removed. */
    variants?: readonly VariantInput[];
    /** In order. */
    pictureIds?: readonly Id[];
    translations?: Readonly<Record<string, ProductTexts>>;
  }

  type VariantInput = { id?: Id; amount: number } & {
    -readonly [Name in Exclude<
      keyof Variant,
      'id' | 'amount' | 'title' | 'position' | 'lowestRecentAmount'
    >]?: Variant[Name];
  };

  interface Collection {
    readonly id: Id;
    readonly version: number;
    readonly handle: string;
    readonly title: string;
    readonly description: string;
    readonly picture: Picture | null;
    readonly isPublished: boolean;
    readonly sort: CardSort;
    /** Empty for one that is filled by hand. */
    readonly rules: readonly CollectionRule[];
    readonly match: 'all' | 'any';
    readonly seo: { readonly title: string; readonly description: string };
    readonly translations: Readonly<
      Record<string, { title?: string; description?: string; handle?: string }>
    >;
    readonly productCount: number;
  }

  interface CollectionRule {
    readonly field: 'title' | 'vendor' | 'type' | 'tag' | 'amount' | 'compareAt' | 'weight' | 'sku' | 'stock';
    readonly relation:
      | 'is'
      | 'isNot'
      | 'contains'
      | 'startsWith'
      | 'endsWith'
      | 'above'
      | 'below'
      | 'isSet'
      | 'isNotSet';
    readonly value: string;
  }

  type MetafieldOwner = 'product' | 'variant' | 'collection';

  /** Bounds of a value: of a number, of a text's length, choices of a text, the type of metaobject pointed at. */
  interface MetafieldValidations {
    readonly min?: number;
    readonly max?: number;
    readonly choices?: readonly string[];
    readonly metaobject?: string;
  }

  /** A field that a store has invented for its products, variants or collections. */
  interface MetafieldDefinition {
    readonly id: Id;
    readonly owner: MetafieldOwner;
    readonly namespace: string;
    readonly key: string;
    /** One of the plugin's README, e.g. `number_integer` or `list.product_reference`. */
    readonly type: string;
    readonly name: string;
    readonly description: string;
    readonly validations: MetafieldValidations;
  }

  interface Metafield {
    readonly namespace: string;
    readonly key: string;
    readonly type: string;
    readonly value: Json;
  }

  /** A kind of record that a store has invented, e.g. designers or size charts. */
  interface MetaobjectDefinition {
    readonly id: Id;
    readonly version: number;
    readonly type: string;
    readonly name: string;
    readonly fields: readonly MetaobjectField[];
  }

  interface MetaobjectField {
    readonly key: string;
    readonly name: string;
    readonly type: string;
    readonly isRequired: boolean;
    readonly validations: MetafieldValidations;
  }

  interface Metaobject {
    readonly id: Id;
    readonly version: number;
    readonly type: string;
    readonly handle: string;
    readonly fields: Readonly<Record<string, Json>>;
  }

  type ProductRefusal =
    | 'notFound'
    | 'handleTaken'
    | 'skuTaken'
    | 'badBarcode'
    | 'badOptions'
    | 'tooManyVariants'
    | 'unknownPicture'
    | 'limitReached'
    | 'overLimit';

  interface Catalog {
    /** Texts in `locale` where there are any. One query. */
    product(id: Id, options?: { locale?: string }): Promise<Product | undefined>;
    /**
     * As a visitor sees it: undefined for what is not published. Any language's handle is found, and one it had before:
     * where `handle` is another than asked for, that is where to lead the visitor. One query.
     *
     * @param options - `isWithLowest` tells the `lowestRecentAmount` of variants that are reduced
     */
    productByHandle(
      handle: string,
      options?: { locale?: string; isWithLowest?: boolean },
    ): Promise<Product | undefined>;
    /** In any state, with all texts, for imports; what is not found is left out. One query. */
    productsByHandle(handles: readonly string[]): Promise<Product[]>;
    /** In any state, with all texts, by id, for exports: 100 at most, go on after the last one's id. One query. */
    productsAfter(id: Id, options?: { limit?: number }): Promise<Product[]>;
    /** In any state, with all texts, 100 at most; what is not found is left out. One query. */
    productsById(ids: readonly Id[]): Promise<Product[]>;
    /** One query; `next` is the cursor of the page after. */
    cards(query: CardQuery): Promise<{ cards: ProductCard[]; next: string | null }>;
    /**
     * Prices for the given quantities, one answer a line, in order. One query; what this store does not have is left out.
     * Of all prices that apply the lowest counts; without one in the currency, the variant is not for sale and costs 0.
     *
     * @param group - code of the buyer's group
     */
    sellable(input: {
      lines: readonly { variantId: Id; quantity: number }[];
      currency: string;
      group?: string;
      locale?: string;
    }): Promise<SellableVariant[]>;
    create(input: ProductInput): Promise<Result<Product, ProductRefusal>>;
    /** Fields left out stay. @param version - refused with `changed` and who did what when it is not the newest */
    update(
      id: Id,
      change: Partial<ProductInput> & { version?: number },
    ): Promise<Result<Product, ProductRefusal | 'changed'>>;
    remove(id: Id): Promise<Result<undefined, 'notFound'>>;
    duplicate(id: Id, title: string): Promise<Result<Product, ProductRefusal>>;
    /** Many at once for imports and demos: made, or changed where the handle is known. One transaction for all. */
    upsert(
      inputs: readonly (ProductInput & { handle: string })[],
    ): Promise<Result<{ id: Id; isNew: boolean; isChanged: boolean }, ProductRefusal>[]>;
    /**
     * Lowest price for everybody in the 30 days before the present one began, to be named beside a reduction (directive
     * 98/6/EC, article 6a); the present one where there was none before, null for an unknown variant. One query.
     */
    lowestRecentAmount(variantId: Id, currency?: string): Promise<number | null>;

    collections(options?: { isPublished?: boolean; locale?: string }): Promise<Collection[]>;
    /** Which of some products are in a collection. One query. */
    inCollection(collectionId: Id, productIds: readonly Id[]): Promise<Id[]>;
    collectionByHandle(handle: string, options?: { locale?: string }): Promise<Collection | undefined>;
    /**
     * A published collection with a page of what a visitor finds in it, in the collection's own order when no other is asked
     * for. Any language's handle is found. One query.
     *
     * @param query - `cursor` as the answer before gave it; `limit` is 24 when left out, 100 at most
     */
    collectionPage(
      handle: string,
      query?: { sort?: CardSort; cursor?: string; limit?: number; locale?: string },
    ): Promise<{ collection: Collection; cards: ProductCard[]; next: string | null } | undefined>;
    saveCollection(
      input: { id?: Id; version?: number; productIds?: readonly Id[]; pictureId?: Id | null } & Partial<
        Omit<Collection, 'id' | 'version' | 'picture' | 'productCount'>
      > & { title: string },
    ): Promise<
      Result<
        Collection,
        'notFound' | 'handleTaken' | 'changed' | 'badRule' | 'unknownProduct' | 'unknownPicture'
      >
    >;
    removeCollection(id: Id): Promise<Result<undefined, 'notFound'>>;

    /** Values of many owners, by owner; one without any is left out. One query. */
    metafields(owner: MetafieldOwner, ids: readonly Id[]): Promise<Map<Id, Metafield[]>>;
    /**
     * Sets values; null takes one away, what is not named stays.
     *
     * @returns `badValue` with what was wanted when a value is none of its type; nothing is set then
     */
    setMetafields(
      owner: MetafieldOwner,
      id: Id,
      values: readonly { namespace: string; key: string; value: Json }[],
    ): Promise<Result<Metafield[], 'notFound' | 'unknownMetafield' | 'badValue'>>;
    metaobject(type: string, handle: string): Promise<Metaobject | undefined>;
    /** For what references point at. One query; what is not found is left out. */
    metaobjects(ids: readonly Id[]): Promise<Metaobject[]>;
  }

  interface Services {
    catalog: Catalog;
  }
  interface Jobs {
    /** Makes a change of many products, step by step. */
    'catalog.change-products': { bulkId: Id };
    /** Goes on filling a collection by its rules, behind the product `after`. */
    'catalog.fill-collection': { collectionId: Id; after: Id };
  }
  interface Events {
    /** One product was made or changed by itself. */
    'catalog.product_saved': { productId: Id };
    /** Many at once: by an import, a bulk change, a changed picture. Who follows products handles both; 500 ids at most. */
    'catalog.products_saved': { productIds: readonly Id[] };
    'catalog.product_removed': { productId: Id };
    'catalog.collection_saved': { collectionId: Id };
  }
}
