import { type Id, Type } from 'kontor/sdk';

export const payment = Type.Object({ paymentId: Type.Integer({ minimum: 1 }) });

/** Ten times in about three hours: a provider may be down that long, and money waits. */
export const PATIENT = { retries: 10, retryDelay: 10 } as const;

export type OfPayment = { paymentId: Id };
