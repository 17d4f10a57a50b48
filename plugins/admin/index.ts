import { definePlugin, defineRoutes } from 'kontor/sdk';
import { deadLetters, hookOrder, replay, retryDelivery } from './routes/events.ts';
import { health } from './routes/health.ts';
import { attachDomain, detachDomain, listDomains, makePrimary } from './routes/domains.ts';
import { cancelJob, listJobs, retryJob } from './routes/jobs.ts';
import { createMerchant, listMerchants, moveMerchant, overrideMerchant } from './routes/merchants.ts';
import {
  applyPlan,
  archivePlugin,
  listPlugins,
  planChange,
  purgePlugin,
  restorePlugin,
} from './routes/plugins.ts';
import { platformSettings, savePlatformSettings } from './routes/settings.ts';
import { changeState, createStore, listStores } from './routes/stores.ts';
import { listTiers, saveTier, setTierValue } from './routes/tiers.ts';

export default definePlugin({
  routes: defineRoutes([
    listMerchants,
    createMerchant,
    moveMerchant,
    overrideMerchant,
    listStores,
    createStore,
    changeState,
    listDomains,
    attachDomain,
    makePrimary,
    detachDomain,
    listTiers,
    saveTier,
    setTierValue,
    listPlugins,
    planChange,
    applyPlan,
    archivePlugin,
    purgePlugin,
    restorePlugin,
    listJobs,
    retryJob,
    cancelJob,
    deadLetters,
    retryDelivery,
    replay,
    hookOrder,
    platformSettings,
    savePlatformSettings,
    health,
  ]),
});
