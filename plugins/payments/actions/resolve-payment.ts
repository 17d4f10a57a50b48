import type { Cradle, Payments } from 'kontor/sdk';
import { COLUMNS, type Row, shown } from '../services/row.ts';

/** See `Payments.resolve`. */
export async function resolvePayment(
  { database, log, stores }: Cradle,
  { provider, providerReference, start }: Parameters<Payments['resolve']>[0],
): ReturnType<Payments['resolve']> {
  const values = [stores.current().id, provider, providerReference];
  const [known] = await database.query<Row>(
    `select ${COLUMNS} from payments.payments
     where store_id = $1 and provider = $2 and provider_reference = $3`,
    values,
  );
  if (known || !start) return known && shown(known);
  // No answer came, or the provider knew nothing yet when it was asked.
  const [adopted] = await database.query<Row>(
    `update payments.payments set provider_reference = $3
     where store_id = $1 and provider = $2 and start_token = $4
       and (provider_reference is null or provider_reference = start_token) returning ${COLUMNS}`,
    [...values, start],
  );
  if (!adopted) log.warn({ provider, providerReference }, 'a provider tells of a payment that is not ours');
  return adopted && shown(adopted);
}
