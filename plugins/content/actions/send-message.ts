import { type Content, type Cradle, type Id, ok, refused } from 'kontor/sdk';
import { ADDRESS, isTooMuch, originOf } from '../services/abuse.ts';
import type { ContentSettings } from '../services/fill-in.ts';
import { line, prose } from '../services/texts.ts';

type Input = Parameters<Content['sendMessage']>[0];
type Message = Pick<Required<Input>, 'name' | 'email' | 'phone' | 'text' | 'fields' | 'locale'>;
const LONGEST = 10_000; // letters
const MOST_FIELDS = 20;

/** Keeps what a visitor wrote, and mails it to the store. Whether the sender is known here changes nothing. */
export async function sendMessage(services: Cradle, input: Input): ReturnType<Content['sendMessage']> {
  const { database, events, stores } = services;
  const message = tidied(input, stores.current().locale);
  const wrong = { email: !ADDRESS.test(message.email), text: message.text === '' };
  const fields = Object.entries(wrong).flatMap(([name, isWrong]) => (isWrong ? [name] : []));
  if (fields.length > 0) return refused('invalid', { fields });
  if (input.trap) return ok();
  const origin = originOf(input.ip, services);
  return database.transaction(async () => {
    if (await isTooMuch(services, { table: 'content.messages', origin })) return refused('tooMany');
    const messageId = await insert(services, { message, origin });
    await events.emit('content.message_received', { messageId }, { entity: `message:${messageId}` });
    await mail(services, { messageId, message });
    return ok();
  });
}

function tidied({ name = '', email, phone = '', text, fields = {}, locale }: Input, own: string): Message {
  const others = Object.entries(fields)
    .slice(0, MOST_FIELDS)
    .map(([label, value]) => [line(label, 60), prose(value, 1000)])
    .filter(([label, value]) => label !== '' && value !== '');
  return {
    ...{ name: line(name, 100), email: email.trim(), phone: line(phone, 40) },
    ...{ text: prose(text, LONGEST), fields: Object.fromEntries(others), locale: locale ?? own },
  };
}

async function insert(
  { clock, database, stores }: Cradle,
  { message, origin }: { message: Message; origin: string },
): Promise<Id> {
  const { name, email, phone, text, fields, locale } = message;
  const [row] = await database.query<{ id: Id }>(
    `insert into content.messages (store_id, name, email, phone, text, fields, locale, origin, created_at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9) returning id`,
    [...[stores.current().id, name, email, phone, text, JSON.stringify(fields), locale, origin], clock.now()],
  );
  return row!.id;
}

/** To the address of the store, else to its owners; the answer goes to who wrote. Without mail it waits in the list. */
async function mail(
  { mailer, settings, stores, team }: Cradle,
  { messageId, message }: { messageId: Id; message: Message },
): Promise<void> {
  if (!mailer) return;
  const { email } = await settings.get<ContentSettings>();
  const owners = email ? [] : (await team.members()).filter(({ role }) => role === 'owner');
  const { fields, ...others } = message;
  for (const [at, to] of [...(email ? [email] : []), ...owners.map((owner) => owner.email)].entries()) {
    await mailer.send({
      template: 'content.contact',
      to: { email: to },
      replyTo: message.email,
      locale: stores.current().locale,
      data: { ...others, fields: Object.entries(fields).map(([label, value]) => ({ label, value })) },
      key: `message:${messageId}:${at}`,
    });
  }
}
