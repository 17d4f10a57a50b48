import type { Result } from 'kontor/sdk';
import { CommandError } from './command.ts';

/** The value of an order that was carried out. @throws CommandError with the refusal in words */
export function accepted<Value>(what: string, result: Result<Value>): Value {
  if (result.ok) return result.value;
  const details = Object.entries(result.details).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const reason = result.refusal.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  throw new CommandError(`${what}: ${[reason, ...details].join(', ')}`);
}
