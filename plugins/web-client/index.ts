import { definePlugin } from 'kontor/sdk';
import './contract.ts';
import { createWebClient } from './services/web-client.ts';

export default definePlugin({
  services: { webClient: (services) => createWebClient(services) },
});
