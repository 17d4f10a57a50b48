import { type Id, type JobDefinition, Type } from 'kontor/sdk';
import { sendLetter } from '../actions/send-letter.ts';

/** Hands a mail over. What the mail server refuses is planned anew by itself; retries are for accidents of our own. */
export const sendLetterJob: JobDefinition<{ letterId: Id }> = {
  payload: Type.Object({ letterId: Type.Integer() }),
  retries: 8,
  retryDelay: 30, // s; a process that died holds its effect for two minutes
  perStore: 4,
  handler: ({ payload }, services) => sendLetter(payload.letterId, services),
};
