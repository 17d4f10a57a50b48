import { KontorError, type KernelServices } from 'kontor/sdk';
import { current, within } from '../context.ts';
import type { EnterPlugin, KernelLog } from '../parts.ts';

/**
 * The one place where plugin code is entered: from here on the context names the plugin (its role, its log), the time is
 * taken and faults are counted. The fault itself goes on to the caller, who knows what stands without it.
 */
export function createEnter(deps: { metrics: KernelServices['metrics']; log: KernelLog }): EnterPlugin {
  const calls = deps.metrics.counter('kontor_plugin_calls_total', 'Times the code of a plugin was entered');
  const faults = deps.metrics.counter('kontor_plugin_faults_total', 'Times the code of a plugin threw');
  const spent = 'Milliseconds in the code of a plugin';
  const time = deps.metrics.counter('kontor_plugin_milliseconds_total', spent);
  const labels = new Map<string, { plugin: string }>();

  return (plugin, work) => {
    const label = labels.get(plugin) ?? { plugin };
    labels.set(plugin, label);
    const began = performance.now();
    const finish = () => {
      calls.add(1, label);
      time.add(performance.now() - began, label);
    };
    const fail = (error: unknown) => {
      finish();
      // What a plugin tells a client on purpose (404, 403) is no fault of its code.
      if (error instanceof KontorError && error.status < 500) return;
      faults.add(1, label);
      deps.log.debug({ plugin, err: error }, 'plugin code threw');
    };
    try {
      // A request is within already: one context fewer on the hottest path.
      const result = current().plugin === plugin ? work() : within({ plugin }, work);
      if (result instanceof Promise) result.then(finish, fail);
      else finish();
      return result;
    } catch (error) {
      fail(error);
      throw error;
    }
  };
}
