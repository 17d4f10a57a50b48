import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config, Context, KernelLog } from '../parts.ts';
import { withoutSecrets } from './redact.ts';

/**
 * The log, in JSON for machines. Every line carries store, plugin and request of the context it was written in; secrets are taken out at any
 * depth. Lines go to stderr: stdout belongs to the answers of commands.
 *
 * @param context - `current` of kernel/context.ts
 * @param stream - where lines go instead
 */
export function createLog(input: {
  config: Pick<Config, 'log'>;
  context: () => Context;
  stream?: DestinationStream;
}): KernelLog {
  const { config, context } = input;
  const stream = input.stream ?? destination({ dest: 2, sync: true }); // the last lines before a crash matter most
  const options = {
    level: config.log.level,
    timestamp: stdTimeFunctions.isoTime,
    mixin: () => about(context()),
    serializers: { err: (error: unknown) => error }, // pino's own would write the message of a cause twice
    formatters: { level: (label: string) => ({ level: label }), log: withoutSecrets },
  };
  return wrap(pino(options, stream));
}

function about({ store, plugin, requestId }: Context): Record<string, unknown> {
  return { store: store?.ref.handle, storeId: store?.ref.id, plugin, requestId };
}

function wrap(logger: Logger): KernelLog {
  return {
    debug: (details, message) => logger.debug(details, message),
    info: (details, message) => logger.info(details, message),
    warn: (details, message) => logger.warn(details, message),
    error: (details, message) => logger.error(details, message),
    child: (details) => wrap(logger.child(withoutSecrets(details))),
  };
}
