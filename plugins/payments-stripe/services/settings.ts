/** See `settings` of the manifest. */
export type Values = {
  secretKey: string;
  publishableKey: string;
  webhookSecret: string;
  capture: 'manual' | 'automatic';
  host: string;
  port: number;
  protocol: 'https' | 'http';
  scriptUrl: string;
  timeLimit: number;
  retries: number;
};

/** `test` or `live`, as the key says; undefined while there is none. */
export function modeOf(key: string): string | undefined {
  return key.split('_')[1];
}

export function isSetUp({ secretKey, publishableKey }: Values): boolean {
  return secretKey !== '' && publishableKey !== '';
}
