import { definePlugin } from 'kontor/sdk';
import './contract.ts';
import { createLiquid } from './services/liquid.ts';
import { startWatchdog } from './watchdog/watchdog.ts';

let watchdog: { stop(): Promise<void> } | undefined;

export default definePlugin({
  services: { liquid: (services) => createLiquid(services) },
  start({ platform }) {
    // Somebody who looks at a breakpoint stands still too.
    if (platform.mode === 'production') watchdog = startWatchdog();
  },
  async stop() {
    await watchdog?.stop();
    watchdog = undefined;
  },
});
