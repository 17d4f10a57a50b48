import { type Cradle, refused, type Themes } from 'kontor/sdk';
import { rendererOf } from '../../render/renderer.ts';
import { liquidJudge } from '../judge/liquid-judge.ts';
import type { SettingsEdit, TemplateEdit } from '../model/edit/edits.ts';
import { createBundled } from './bundled.ts';
import { changeFiles, pushFiles } from './change.ts';
import { editDocument } from './edit.ts';
import { installTheme } from './install.ts';
import { createLive } from './live.ts';
import { addBundledTheme, findTheme, listThemes } from './manage.ts';
import { headOf, openPreview, previewLink } from './preview.ts';
import { publishTheme, rollbackTheme } from './publish.ts';
import { createSchemas } from './schemas.ts';
import { createTrees } from './trees.ts';
import { createTurns } from './turns.ts';

const ARCHIVES = 2; // unpacked at once in a process; each may take as much memory as a theme may be large

/** The themes of the current store. */
export function createThemes(services: Cradle): Themes {
  const bundled = createBundled(services);
  const trees = createTrees(services);
  const live = createLive({ services, bundled, trees });
  const liquid = liquidJudge(() => rendererOf(services).engine);
  const schemasIn = createSchemas();
  const inTurn = createTurns(ARCHIVES);

  return {
    live: () => live.tree(),
    preview: (token) => openPreview(token, { services, trees }),
    async open(id, number) {
      const wanted = number ?? (await headOf(id, services));
      return wanted === undefined ? undefined : trees.open(id, wanted);
    },
    list: () => listThemes({ bundled }, services),
    find: (id) => findTheme(id, services),
    install: (input) => inTurn(() => installTheme({ ...input, liquid }, services)),
    push: (input) => inTurn(() => pushFiles({ ...input, liquid }, services)),
    change: (input) => changeFiles({ ...input, liquid }, services),
    async edit({ id, path, from, edits }) {
      const tree = await trees.open(id, from);
      if (!tree) return refused('notFound');
      const asked = edits as readonly (TemplateEdit | SettingsEdit)[];
      return editDocument({ id, tree, schemas: schemasIn(tree), path, edits: asked }, services);
    },
    addBundled: (input) => addBundledTheme({ ...input, bundled }, services),
    publish: (input) => publishTheme(input, services),
    rollback: () => rollbackTheme(services),
    previewLink: (input) => previewLink(input, services),
  };
}
