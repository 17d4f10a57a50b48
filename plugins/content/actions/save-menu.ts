import { type Content, type Cradle, type MenuItem, ok, refused } from 'kontor/sdk';
import { isDefaultKey } from '../services/defaults.ts';
import { takeTurn } from '../services/kept.ts';
import { flat, unknownTargets } from '../services/menu-targets.ts';
import { type MenuRow, readMenus, shownMenu } from '../services/menu-rows.ts';
import { POLICY_KEYS } from '../services/policy-keys.ts';
import { line, slug } from '../services/texts.ts';
import { hostOf, tidyTarget } from '../services/urls.ts';
import { staleness, writeRow } from '../services/write-row.ts';

type Input = Parameters<Content['saveMenu']>[0];
const DEEPEST = 3;
const MOST = 300; // entries
const WITH_ID = ['collection', 'product', 'page', 'blog', 'article'];

/** Makes a menu, or writes its entries anew. Where they point must be there, and may be hidden yet. */
export async function saveMenu(services: Cradle, input: Input): ReturnType<Content['saveMenu']> {
  const { database, events } = services;
  const handle = slug(input.handle);
  const items = tidyItems(input.items, hostOf(services));
  const fault = handle === '' ? 'the handle has neither letters nor digits' : faultOf(items);
  if (fault) return refused('invalid', { fault });
  return database.transaction(async () => {
    await takeTurn(services);
    const before = await find(services, handle);
    const stale = before && staleness(before, input.version);
    if (stale) return stale;
    const unknown = await unknownTargets(services, items);
    if (unknown.length > 0) return refused('unknownTarget', { titles: unknown.map(({ title }) => title) });
    await writeRow(services, {
      table: 'content.menus',
      id: before?.id,
      values: {
        ...{ handle, title: line(input.title) || handle, titles: tidyTitles(input.titles ?? before?.titles) },
        items: JSON.stringify(items),
      },
    });
    await events.emit('content.menu_saved', { handle }, { entity: `menu:${handle}` });
    return ok(shownMenu((await find(services, handle))!));
  });
}

async function find(services: Cradle, handle: string): Promise<MenuRow | undefined> {
  return (await readMenus(services, { name: 'to-save', where: 'and handle = $2', values: [handle] }))[0];
}

function tidyItems(items: readonly MenuItem[], host: string): MenuItem[] {
  return items.map(({ title, target, targetId, targetKey, url, titles, items: below }) => ({
    ...{ title: line(title), target },
    ...(WITH_ID.includes(target) && targetId !== undefined ? { targetId } : {}),
    ...(targetKey !== undefined && (target === 'page' || target === 'policy') ? { targetKey } : {}),
    ...(target === 'url' ? { url: tidyTarget(url ?? '', { host, ways: 'all' }) ?? '' } : {}),
    ...(titles ? { titles: tidyTitles(titles) } : {}),
    ...(below && below.length > 0 ? { items: tidyItems(below, host) } : {}),
  }));
}

function tidyTitles(titles: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(titles).flatMap(([locale, title]) => (line(title) === '' ? [] : [[locale, line(title)]])),
  );
}

function faultOf(items: readonly MenuItem[]): string | undefined {
  const all = flat(items);
  if (all.length > MOST) return `a menu has ${MOST} entries at most, this one ${all.length}`;
  if (depthOf(items) > DEEPEST) return `a menu is ${DEEPEST} deep at most`;
  const wrong = all.find((item) => !isWhole(item));
  return wrong && `'${wrong.title}' lacks a title, or where it leads (${wrong.target})`;
}

function isWhole({ title, target, targetId, targetKey, url }: MenuItem): boolean {
  if (title === '') return false;
  if (target === 'url') return url !== '';
  if (target === 'policy') return targetKey !== undefined && Object.hasOwn(POLICY_KEYS, targetKey);
  if (target === 'page')
    return targetId !== undefined || (targetKey !== undefined && isDefaultKey(targetKey));
  return !WITH_ID.includes(target) || targetId !== undefined;
}

function depthOf(items: readonly MenuItem[]): number {
  return items.length === 0 ? 0 : 1 + Math.max(...items.map(({ items: below = [] }) => depthOf(below)));
}
