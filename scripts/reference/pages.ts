import { commandsReference } from './commands.ts';
import { configurationReference } from './configuration.ts';
import { errorsReference } from './errors.ts';
import { liquidPage } from './liquid.ts';
import { manifestReference } from './manifest.ts';
import { pluginsReference } from './plugins.ts';
import { routesReference } from './routes.ts';
import { schemaRulesReference } from './schema-rules.ts';
import { sdkReference } from './sdk.ts';

/** Every page of docs/reference, by its file, with what makes it. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'cli.md': commandsReference,
  'configuration.md': configurationReference,
  'errors.md': errorsReference,
  'http.md': routesReference,
  'liquid.md': liquidPage,
  'manifest.md': manifestReference,
  'plugins.md': pluginsReference,
  'schema-rules.md': schemaRulesReference,
  'sdk.md': sdkReference,
};
