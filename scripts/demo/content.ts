import { readFile } from 'node:fs/promises';
import type { Content, Id, MenuItem } from 'kontor/sdk';
import { accepted } from '../cli/accepted.ts';
import { CONTENTS, type DemoArticle, type DemoContent, MENU_WORDS } from './data/content.ts';
import type { DemoShop } from './data/index.ts';
import { LOCALES, type Spoken } from './data/shape.ts';
import type { ShopKeeper } from './shop-keeper.ts';

const DAY = 24 * 3_600_000; // ms

/** What a shop says besides its goods: a page about itself, a blog with two articles, its menus. */
export async function tellStory(keeper: ShopKeeper, shop: DemoShop): Promise<void> {
  const story = CONTENTS[shop.handle];
  if (!story || !keeper.has('content')) return;
  await keeper.set('content', story.company);
  const names = [story.about.picture, ...story.articles.map(({ picture }) => picture)];
  const pictures = await hangPictures(keeper, names);
  const collections = await keeper.with('catalog', (catalog) => catalog.collections({ isPublished: true }));
  await keeper.with('content', async (content) => {
    await writeAbout(content, { shop, story, picture: pictures.get(story.about.picture)! });
    const blogId = await writeBlog(content, { shop, story, pictures });
    const idOf = (handle: string) => collections.find((one) => one.handle === handle)!.id;
    await writeMenus(content, { shop, blogId, blog: story.blog, about: story.about.title, idOf });
  });
}

/** `size`: attributes, so that nothing moves when it arrives. */
type HungPicture = { id: Id; path: string; size: string };

async function hangPictures(
  keeper: ShopKeeper,
  names: readonly string[],
): Promise<ReadonlyMap<string, HungPicture>> {
  return keeper.with('media', async (media) => {
    const hung = new Map<string, HungPicture>();
    for (const name of names) {
      const content = await readFile(new URL(`./pictures/${name}.webp`, import.meta.url));
      const file = accepted(`Picture ${name}`, await media.add({ content, name: `${name}.webp` }));
      const { id, path, width, height } = file;
      hung.set(name, { id, path, size: `width="${width}" height="${height}"` });
    }
    return hung;
  });
}

async function writeAbout(
  content: Content,
  { shop, story, picture }: { shop: DemoShop; story: DemoContent; picture: HungPicture },
): Promise<void> {
  const { title, text } = story.about;
  const bodyIn = (at: number) =>
    `<figure><img src="${picture.path}?width=1200" alt="" ${picture.size} loading="lazy"></figure>${paragraphs(text, at)}`;
  const page = {
    isPublished: true,
    title: title[own(shop)]!,
    body: bodyIn(own(shop)),
    translations: inOthers(shop, (at) => ({ title: title[at]!, body: bodyIn(at) })),
  };
  accepted('Page about', await content.createPage({ defaultKey: 'about', ...page }));
}

async function writeBlog(
  content: Content,
  {
    shop,
    story,
    pictures,
  }: { shop: DemoShop; story: DemoContent; pictures: ReadonlyMap<string, HungPicture> },
): Promise<Id> {
  const blog = await content.createBlog({
    title: story.blog[own(shop)]!,
    handle: 'journal',
    comments: 'moderated',
    translations: inOthers(shop, (at) => ({ title: story.blog[at]! })),
  });
  const { id } = accepted('Blog', blog);
  for (const article of story.articles)
    accepted(
      `Article ${article.title[0]}`,
      await content.createArticle(
        articleInput(article, { shop, blogId: id, pictureId: pictures.get(article.picture)!.id }),
      ),
    );
  return id;
}

function articleInput(
  { title, excerpt, text, author, tags, age }: DemoArticle,
  { shop, blogId, pictureId }: { shop: DemoShop; blogId: Id; pictureId: Id },
) {
  const textsIn = (at: number) => ({
    title: title[at]!,
    excerpt: `<p>${excerpt[at]}</p>`,
    body: paragraphs(text, at),
  });
  return {
    ...{ blogId, pictureId, author, tags, isPublished: true },
    publishAt: new Date(Date.now() - age * DAY),
    ...textsIn(own(shop)),
    translations: inOthers(shop, textsIn),
  };
}

async function writeMenus(
  content: Content,
  needs: {
    shop: DemoShop;
    blogId: Id;
    blog: Spoken;
    about: Spoken;
    idOf: (collection: string) => Id;
  },
): Promise<void> {
  const { shop, blogId, blog, about, idOf } = needs;
  const named = (words: Spoken) => ({
    title: words[own(shop)]!,
    titles: Object.fromEntries(LOCALES.map((locale, at) => [locale, words[at]!])),
  });
  const entry = (words: Spoken, item: Omit<MenuItem, 'title'>): MenuItem => ({ ...named(words), ...item });
  const save = async (handle: string, words: Spoken, items: readonly MenuItem[]) =>
    accepted(`Menu ${handle}`, await content.saveMenu({ handle, ...named(words), items }));
  const goods = shop.collections.map(({ handle, title }) =>
    entry(title, { target: 'collection', targetId: idOf(handle) }),
  );
  const page = (words: Spoken, targetKey: string) => entry(words, { target: 'page', targetKey });
  const policy = (words: Spoken, targetKey: string) => entry(words, { target: 'policy', targetKey });
  await save('main-menu', MENU_WORDS.main, [
    entry(MENU_WORDS.shop, {
      target: 'products',
      items: [...goods, entry(MENU_WORDS.all, { target: 'products' })],
    }),
    ...goods.slice(0, 2),
    entry(blog, { target: 'blog', targetId: blogId }),
    page(about, 'about'),
  ]);
  await save('footer', MENU_WORDS.footer, [
    entry(MENU_WORDS.search, { target: 'search' }),
    page(MENU_WORDS.contact, 'contact'),
    page(MENU_WORDS.questions, 'faq'),
    policy(MENU_WORDS.shipping, 'shipping-policy'),
    policy(MENU_WORDS.returns, 'refund-policy'),
    policy(MENU_WORDS.privacy, 'privacy-policy'),
    policy(MENU_WORDS.terms, 'terms-of-service'),
    policy(MENU_WORDS.notice, 'legal-notice'),
  ]);
}

function paragraphs(text: readonly Spoken[], at: number): string {
  return text.map((words) => `<p>${words[at]}</p>`).join('');
}

function own({ locale }: DemoShop): number {
  return LOCALES.indexOf(locale as (typeof LOCALES)[number]);
}

function inOthers<Texts>(shop: DemoShop, textsIn: (at: number) => Texts): Record<string, Texts> {
  return Object.fromEntries(
    LOCALES.flatMap((locale, at) => (locale === shop.locale ? [] : [[locale, textsIn(at)]])),
  );
}
