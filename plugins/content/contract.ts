import type { Id, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** What search engines and shared links show; empty where title and beginning of the text will do. */
  interface ContentSeo {
    readonly title: string;
    readonly description: string;
  }

  /** Texts of a page or an article in another language of the store; what is left out stays in its own. */
  interface ContentTexts {
    readonly title?: string;
    readonly handle?: string;
    readonly body?: string;
    readonly excerpt?: string;
    readonly seo?: { readonly title?: string; readonly description?: string };
  }

  /** Keys of the pages that the platform has a text for. */
  type DefaultPageKey =
    | 'about'
    | 'faq'
    | 'contact'
    | 'shipping'
    | 'returns'
    | 'privacy'
    | 'terms'
    | 'legal-notice';

  /** A page of a store, or the platform's default of one that the store has not made its own. */
  interface ContentPage {
    /** null for a platform default. */
    readonly id: Id | null;
    /** Grows with each change; 0 for a platform default. */
    readonly version: number;
    /** Which default it is, or stands in place of. */
    readonly defaultKey: DefaultPageKey | null;
    readonly handle: string;
    /** By language of the store, for the addresses of the others. */
    readonly handles: Readonly<Record<string, string>>;
    readonly title: string;
    /** Sanitised HTML. */
    readonly body: string;
    readonly seo: ContentSeo;
    /** Suffix of the theme's template, e.g. `contact` for `page.contact`; empty for the usual one. */
    readonly template: string;
    readonly author: string;
    /** Visitors see it once it is published and `publishAt` has come. */
    readonly isPublished: boolean;
    readonly publishAt: Date | null;
    readonly isVisible: boolean;
    readonly translations: Readonly<Record<string, ContentTexts>>;
    readonly createdAt: Date;
    readonly changedAt: Date;
    readonly changedBy: string;
  }

  interface PageInput {
    title: string;
    handle?: string;
    body?: string;
    seo?: { title?: string; description?: string };
    template?: string;
    author?: string;
    isPublished?: boolean;
    publishAt?: Date | null;
    translations?: Readonly<Record<string, ContentTexts>>;
  }

  type PageRefusal = 'notFound' | 'handleTaken' | 'changed';

  /** `off`: nobody can write; `moderated`: shown when the team says so; `auto`: shown at once, unless it looks like spam. */
  type CommentPolicy = 'off' | 'moderated' | 'auto';

  interface Blog {
    readonly id: Id;
    readonly version: number;
    readonly handle: string;
    readonly handles: Readonly<Record<string, string>>;
    readonly title: string;
    readonly seo: ContentSeo;
    readonly template: string;
    readonly comments: CommentPolicy;
    /** Of articles that visitors see, by name; 250 at most. */
    readonly tags: readonly string[];
    /** Articles that visitors see. */
    readonly articleCount: number;
    readonly translations: Readonly<
      Record<string, { title?: string; handle?: string; seo?: { title?: string; description?: string } }>
    >;
    readonly changedAt: Date;
  }

  interface BlogInput {
    title: string;
    handle?: string;
    seo?: { title?: string; description?: string };
    template?: string;
    comments?: CommentPolicy;
    translations?: Blog['translations'];
  }

  interface Article {
    readonly id: Id;
    readonly version: number;
    readonly blogId: Id;
    readonly blogHandle: string;
    readonly blogTitle: string;
    /** Of its blog. */
    readonly comments: CommentPolicy;
    readonly handle: string;
    /** By language: `{ fr: { blog, article } }`, for the addresses of the others. */
    readonly handles: Readonly<Record<string, { readonly blog: string; readonly article: string }>>;
    readonly title: string;
    /** Sanitised HTML. Empty in lists that do not ask for it. */
    readonly body: string;
    /** Sanitised HTML; empty when nobody wrote one. */
    readonly excerpt: string;
    readonly author: string;
    readonly tags: readonly string[];
    readonly picture: Picture | null;
    readonly seo: ContentSeo;
    readonly template: string;
    readonly isPublished: boolean;
    readonly publishAt: Date | null;
    /** Since when visitors see it, or will; when it was made, for a draft without a plan. */
    readonly publishedAt: Date;
    readonly isVisible: boolean;
    /** Approved ones. */
    readonly commentCount: number;
    readonly translations: Readonly<Record<string, ContentTexts>>;
    readonly createdAt: Date;
    readonly changedAt: Date;
    readonly changedBy: string;
  }

  interface ArticleInput {
    title: string;
    handle?: string;
    body?: string;
    excerpt?: string;
    author?: string;
    tags?: readonly string[];
    pictureId?: Id | null;
    seo?: { title?: string; description?: string };
    template?: string;
    isPublished?: boolean;
    publishAt?: Date | null;
    translations?: Readonly<Record<string, ContentTexts>>;
  }

  type CommentState = 'pending' | 'approved' | 'spam';

  interface ArticleComment {
    readonly id: Id;
    readonly articleId: Id;
    readonly author: string;
    /** For the team only; never shown to visitors. */
    readonly email: string;
    /** As it was written: plain text. */
    readonly text: string;
    /** The same as HTML: escaped, in paragraphs. */
    readonly html: string;
    readonly state: CommentState;
    readonly createdAt: Date;
  }

  type MenuTarget =
    | 'home'
    | 'search'
    | 'products'
    | 'collections'
    | 'collection'
    | 'product'
    | 'page'
    | 'policy'
    | 'blog'
    | 'article'
    | 'url';

  /** An entry of a menu as the team writes it. */
  interface MenuItem {
    readonly title: string;
    readonly target: MenuTarget;
    /** Of the collection, product, page, blog or article. */
    readonly targetId?: Id;
    /** Of a policy, or of a platform default that the store has no page of its own for, e.g. `about`. */
    readonly targetKey?: string;
    /** For `url`: a path of the store, or an address on the web, by mail or by telephone. */
    readonly url?: string;
    /** By language. */
    readonly titles?: Readonly<Record<string, string>>;
    /** Menus are three deep at most. */
    readonly items?: readonly MenuItem[];
  }

  interface Menu {
    readonly id: Id;
    readonly version: number;
    readonly handle: string;
    readonly title: string;
    readonly titles: Readonly<Record<string, string>>;
    readonly items: readonly MenuItem[];
    readonly changedAt: Date;
  }

  /** An entry of a menu as visitors see it. One whose target is gone or hidden is left out. */
  interface MenuLink {
    readonly title: string;
    readonly target: MenuTarget;
    /** Path on the store's own host without a language in front, or an absolute address; `#` for what only has entries below. */
    readonly url: string;
    /** Of what it points at, where that has a number. */
    readonly targetId: Id | null;
    /** Of what it points at. */
    readonly handle: string | null;
    /** 1 to 3. */
    readonly level: number;
    readonly links: readonly MenuLink[];
  }

  interface ResolvedMenu {
    readonly handle: string;
    readonly title: string;
    /** How deep it is: 0 without entries, 3 at most. */
    readonly levels: number;
    readonly links: readonly MenuLink[];
  }

  interface Redirect {
    readonly id: Id;
    /** A path without query, e.g. `/old`; small and capital letters are the same. */
    readonly from: string;
    /** A path of the store, or an `https` address. */
    readonly to: string;
    readonly createdAt: Date;
  }

  type PolicyHandle =
    | 'refund-policy'
    | 'privacy-policy'
    | 'terms-of-service'
    | 'shipping-policy'
    | 'legal-notice';

  /** A page in its role as a policy: one text, at `/policies/{handle}` and as the page it is. */
  interface Policy {
    readonly handle: PolicyHandle;
    readonly id: Id | null;
    readonly title: string;
    /** Sanitised HTML. */
    readonly body: string;
    /** `/policies/{handle}` */
    readonly url: string;
    readonly changedAt: Date;
  }

  /** What a visitor wrote by the contact form. */
  interface ContactMessage {
    readonly id: Id;
    readonly name: string;
    readonly email: string;
    readonly phone: string;
    readonly text: string;
    /** Other fields of the theme's form, by their names. */
    readonly fields: Readonly<Record<string, string>>;
    readonly locale: string;
    readonly isRead: boolean;
    readonly createdAt: Date;
  }

  /** Something that can be found or listed in a sitemap. */
  interface ContentEntry {
    readonly kind: 'page' | 'blog' | 'article';
    /** null for a platform default. */
    readonly id: Id | null;
    readonly title: string;
    /** In the language asked for, e.g. `/pages/about`. */
    readonly path: string;
    /** By language of the store. */
    readonly paths: Readonly<Record<string, string>>;
    readonly changedAt: Date;
  }

  type Written = { readonly locale?: string };

  /**
   * Words of the current store besides its goods. What visitors read costs one statement at most; menus, policies and
   * redirects none when warm.
   */
  interface Content {
    /**
     * Changes with everything of this plugin that visitors may see, on every node at once: the key for what others keep.
     * It does not tell when a planned publication begins: `publishAt` is judged at each read. No query.
     */
    revision(): Promise<string>;

    /**
     * A page as a visitor sees it: the store's own, else the platform's default, with the store's data filled in. Any
     * language's handle is found, and one it had before: where `handle` is another than asked for, that is where to lead the
     * visitor. One query.
     */
    page(handle: string, options?: Written): Promise<ContentPage | undefined>;
    /** Pages that visitors see; what is not found is left out. One query. */
    pages(
      which: { ids: readonly Id[] } | { handles: readonly string[] },
      options?: Written,
    ): Promise<ContentPage[]>;
    /** Makes a page. @param defaultKey - makes it in place of a platform default, whose texts it begins with */
    createPage(
      input: PageInput & { defaultKey?: DefaultPageKey },
    ): Promise<Result<ContentPage, PageRefusal | 'alreadyOwn'>>;
    /** Fields left out stay. @param version - refused with `changed` and who did what when it is not the newest */
    updatePage(
      id: Id,
      change: Partial<PageInput> & { version?: number },
    ): Promise<Result<ContentPage, PageRefusal>>;
    /** Removes a page; where it stood in place of a platform default, that one is seen again. */
    removePage(id: Id): Promise<Result<undefined, 'notFound'>>;

    /** By title. One query. */
    blogs(options?: Written): Promise<Blog[]>;
    /** As `page` finds it. One query. */
    blog(handle: string, options?: Written): Promise<Blog | undefined>;
    createBlog(input: BlogInput): Promise<Result<Blog, PageRefusal>>;
    updateBlog(id: Id, change: Partial<BlogInput> & { version?: number }): Promise<Result<Blog, PageRefusal>>;
    /** With its articles and their comments. */
    removeBlog(id: Id): Promise<Result<undefined, 'notFound'>>;

    /**
     * Articles that visitors see, the newest first. One query.
     *
     * @param tag - in any spelling of it: letters and digits count
     * @param limit - 12 when left out, 100 at most
     * @param skip - for page numbers of themes, 10,000 at most; a `cursor` goes on without counting
     * @param isWithBody - gives `body` too
     */
    articles(
      query: Written & {
        blogId?: Id;
        tag?: string;
        cursor?: string;
        skip?: number;
        limit?: number;
        isWithBody?: boolean;
      },
    ): Promise<{ articles: Article[]; next: string | null }>;
    /** How many `articles` would go through. One query. */
    countArticles(query: { blogId?: Id; tag?: string }): Promise<number>;
    /** As `page` finds it; where `blogHandle` or `handle` are others than asked for, that is where to lead. One query. */
    article(blogHandle: string, handle: string, options?: Written): Promise<Article | undefined>;
    articlesById(ids: readonly Id[], options?: Written): Promise<Article[]>;
    /** The one before and the one after it in time, of the same blog; without body. One query. */
    neighbours(
      article: Pick<Article, 'id' | 'blogId' | 'publishedAt'>,
      options?: Written,
    ): Promise<{ previous: Article | null; next: Article | null }>;
    createArticle(
      input: ArticleInput & { blogId: Id },
    ): Promise<Result<Article, PageRefusal | 'unknownBlog' | 'unknownPicture'>>;
    updateArticle(
      id: Id,
      change: Partial<ArticleInput> & { blogId?: Id; version?: number },
    ): Promise<Result<Article, PageRefusal | 'unknownBlog' | 'unknownPicture'>>;
    removeArticle(id: Id): Promise<Result<undefined, 'notFound'>>;

    /** Approved comments, the oldest first. One query. @param limit - 50 when left out, 100 at most */
    comments(
      articleId: Id,
      query?: { cursor?: string; skip?: number; limit?: number },
    ): Promise<{ comments: ArticleComment[]; next: string | null }>;
    /**
     * Takes a visitor's comment.
     *
     * @param trap - of the field that people do not see; filled, the comment is dropped, and the answer is the same
     * @param ip - counted, and kept as a hash of the day
     * @returns `pending` when the team looks at it first
     */
    writeComment(input: {
      articleId: Id;
      author: string;
      email: string;
      text: string;
      trap?: string;
      ip: string;
    }): Promise<
      Result<{ state: 'approved' | 'pending' }, 'notFound' | 'commentsOff' | 'invalid' | 'tooMany'>
    >;

    /** A menu with its targets looked up. No query when warm. */
    menu(handle: string, options?: Written): Promise<ResolvedMenu | undefined>;
    /** In place of the entries there are. @param version - as for pages; left out, a menu of the handle is overwritten */
    saveMenu(input: {
      handle: string;
      title: string;
      titles?: Readonly<Record<string, string>>;
      items: readonly MenuItem[];
      version?: number;
    }): Promise<Result<Menu, 'changed' | 'invalid' | 'unknownTarget'>>;

    /** Where a path leads, past further redirects; undefined when nowhere. No query when warm. */
    redirect(path: string): Promise<string | undefined>;
    /** Makes or changes redirects, all or none. */
    saveRedirects(
      redirects: readonly { from: string; to: string }[],
    ): Promise<Result<{ saved: number }, 'invalid' | 'loop' | 'tooMany'>>;

    /** Those with a text that visitors see, in one order. No query when warm. */
    policies(options?: Written): Promise<Policy[]>;
    policy(handle: string, options?: Written): Promise<Policy | undefined>;

    /**
     * Takes what a visitor wrote by the contact form and mails it to the store. It says nothing of who has an account.
     *
     * @param trap - of the field that people do not see; filled, it is dropped, and the answer is the same
     * @param fields - whatever else the theme asks for; 20 at most
     */
    sendMessage(input: {
      name?: string;
      email: string;
      phone?: string;
      text: string;
      fields?: Readonly<Record<string, string>>;
      trap?: string;
      ip: string;
      locale?: string;
    }): Promise<Result<undefined, 'invalid' | 'tooMany'>>;

    /** Pages and articles that visitors see, by words of any language, the best first. One query. @param limit - 10 when left out */
    search(
      text: string,
      options?: Written & { kinds?: readonly ('page' | 'article')[]; limit?: number; skip?: number },
    ): Promise<{ entries: ContentEntry[]; count: number }>;
    /** What visitors see of a kind, by id, for sitemaps. One query. @param limit - 1,000 when left out, 5,000 at most */
    entries(query: {
      kind: ContentEntry['kind'];
      after?: Id;
      limit?: number;
      locale?: string;
    }): Promise<{ entries: ContentEntry[]; next: Id | null }>;
  }

  interface Services {
    content: Content;
  }
  interface Events {
    /** A page was made, changed or removed, or a default made the store's own. */
    'content.page_saved': { pageId: Id };
    'content.blog_saved': { blogId: Id };
    /** An article was made, changed or removed, or what is said about it changed. */
    'content.article_saved': { articleId: Id; blogId: Id };
    'content.menu_saved': { handle: string };
    'content.redirects_saved': { count: number };
    'content.comment_written': { commentId: Id; articleId: Id; state: CommentState };
    'content.message_received': { messageId: Id };
  }
  interface Jobs {
    'content.drop-old-messages': Record<string, never>;
  }
}
