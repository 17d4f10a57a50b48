import { createConfig } from '../config/index.ts';
import type { BootStep } from '../../kernel/parts.ts';
import type { Command } from './command.ts';
import { freePort } from './free-port.ts';
import { openKernel } from './open-kernel.ts';

export default {
  async run() {
    const began = performance.now();
    const port = await freePort({ host: '127.0.0.1', port: 0 });
    const log = process.env.KONTOR_LOG_LEVEL || 'error';
    const config = createConfig({
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      KONTOR_LOG_LEVEL: log,
    });
    const kernel = await openKernel(config, 'ready');
    const milliseconds = Math.round(performance.now() - began);
    const { boot } = kernel;
    await kernel.stop();
    const rest = Math.max(0, milliseconds - Math.round(boot.milliseconds));
    const server = {
      name: config.database.url ? 'configuration' : 'embedded PostgreSQL',
      milliseconds: rest,
      steps: [],
    };
    const whole = { ...boot, milliseconds, steps: [server, ...boot.steps] };
    return { data: whole, text: lines(whole).join('\n') };
  },
} satisfies Command;

function lines(step: BootStep, before = '', inner = ''): string[] {
  const inside = step.steps.flatMap((each, index) => {
    const isLast = index === step.steps.length - 1;
    return lines(each, `${inner}${isLast ? '└─ ' : '├─ '}`, `${inner}${isLast ? '   ' : '│  '}`);
  });
  return [
    `${`${before}${step.name}`.padEnd(40)} ${String(Math.round(step.milliseconds)).padStart(7)} ms`,
    ...inside,
  ];
}
