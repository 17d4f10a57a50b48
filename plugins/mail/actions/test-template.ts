import { type Cradle, ok, refused, type Result } from 'kontor/sdk';
import { findTemplate } from '../services/find-template.ts';
import { queueLetter } from './queue-letter.ts';

/**
 * Sends a template with its made-up data to whoever asks: to nobody else, so that a store is no way to write to strangers.
 */
export async function testTemplate(
  { template: code, locale }: { template: string; locale: string },
  services: Cradle,
): Promise<Result<{ id: number; to: string }, 'unknownTemplate' | 'noAddress'>> {
  const { points, random, stores } = services;
  const template = findTemplate(code, points);
  if (!template) return refused('unknownTemplate', { template: code });
  const actor = stores.actor();
  if (actor.kind !== 'user') return refused('noAddress');
  const letter = { template: code, locale, to: { email: actor.email }, data: template.sample };
  const id = await queueLetter({ ...letter, key: `test:${random.token()}` }, services);
  return ok({ id, to: actor.email });
}
