import { findingLine } from '../../plugins/storefront/themes/judge/findings.ts';
import type { Command } from './command.ts';
import { readLocal } from './theme/local.ts';
import { themeCheck } from './theme/theme-check.ts';

export default {
  words: 'FOLDER',
  async run({ words: [path] }) {
    const { folder, report } = await readLocal(path!);
    const more = await themeCheck(folder);
    const findings = [...report.errors, ...report.warnings, ...(more ?? [])];
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const lines = [
      ...findings.map(findingLine),
      ...report.ignored.map((file) => `${file}  is no part of a theme, and would be left out`),
      `${report.files} files, ${errors} errors, ${findings.length - errors} warnings`,
      ...(more
        ? []
        : ['Shopify’s theme check did not run along: @shopify/theme-check-node is not installed']),
    ];
    return {
      data: { ...report, themeCheck: more ?? null },
      text: lines.join('\n'),
      exitCode: errors > 0 ? 1 : 0,
    };
  },
} satisfies Command;
