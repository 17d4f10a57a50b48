import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finding, reportOf } from '../../../plugins/storefront/themes/judge/findings.ts';

type Offense = {
  check: string;
  message: string;
  uri: string;
  severity: number;
  start: { line: number };
};
type Library = { themeCheckRun(root: string): Promise<{ offenses: Offense[] }> };

const NAME = '@shopify/theme-check-node';

/**
 * What Shopify's theme check says of a folder, when its library is installed. It looks for newer documents of its own at each
 * run and goes on with those it brought along when there is no network.
 *
 * @returns undefined when it is not installed
 */
export async function themeCheck(folder: string): Promise<Finding[] | undefined> {
  const library = (await import(NAME).catch(missing)) as Library | undefined;
  if (!library) return undefined;
  const { offenses } = await library.themeCheckRun(folder);
  const findings = offenses.map(({ check, message, uri, severity, start }): Finding => {
    const file = relative(folder, fileURLToPath(uri));
    return {
      severity: severity === 0 ? 'error' : 'warning',
      code: check,
      file,
      line: start.line + 1,
      message,
    };
  });
  const { errors, warnings } = reportOf(findings);
  return [...errors, ...warnings];
}

function missing(reason: NodeJS.ErrnoException): undefined {
  if (reason.code !== 'ERR_MODULE_NOT_FOUND') throw reason;
}
