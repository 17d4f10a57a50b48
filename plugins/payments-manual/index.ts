import { definePlugin, defineRoutes } from 'kontor/sdk';
import './contract.ts';
import { tell } from './jobs/tell.ts';
import { manual } from './points/manual.ts';
import { testGateway } from './points/test-gateway.ts';
import { changeSettings, readSettings } from './routes/settings.ts';
import { answerTestPage, showTestPage } from './routes/test-page.ts';

export default definePlugin({
  points: { paymentProviders: (services) => [manual(services), testGateway(services)] },
  routes: defineRoutes([readSettings, changeSettings, showTestPage, answerTestPage]),
  jobs: { 'payments-manual.tell': tell },
});
