import { resolve } from 'node:path';
import { checkPlugin } from '../passport/index.ts';
import type { Command } from './command.ts';

export default {
  words: 'PATH',
  async run({ words: [path] }) {
    const report = await checkPlugin(resolve(path!));
    const lines = report.rules.map(
      ({ rule, passed, sentence }) => `${passed ? 'ok     ' : 'failed '}  ${rule}: ${sentence}`,
    );
    return {
      data: report,
      text: [...lines, '', report.passed ? `${path} passes` : `${path} does not pass`].join('\n'),
      exitCode: report.passed ? 0 : 1,
    };
  },
} satisfies Command;
