import { type DeliveredEvent, definePlugin } from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface Services {
    /** What was heard since the last time somebody asked, by name. */
    heard: { take(): [string, unknown][] };
  }
}

const heard: [string, unknown][] = [];
const listen = ({ name, payload }: DeliveredEvent<unknown>) => void heard.push([name, payload]);

/** Writes down what the catalogue tells. */
export default definePlugin({
  services: {
    heard: () => ({
      take: () => heard.splice(0).sort(([one], [other]) => one.localeCompare(other)),
    }),
  },
  events: {
    'catalog.product_saved': listen,
    'catalog.products_saved': listen,
    'catalog.product_removed': listen,
  },
});
