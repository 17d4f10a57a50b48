import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('mail.letters', {
      columns: {
        template: 'text not null',
        key: 'text not null',
        to_email: 'text not null',
        to_name: 'text',
        locale: 'text',
        data: 'jsonb',
        subject: "text not null default ''",
        html: "text not null default ''",
        text: "text not null default ''",
        message_id: 'text not null',
        state: "text not null default 'waiting'",
        transport: 'text',
        attempt: 'integer not null default 1',
        tries: 'integer not null default 0',
        error: 'text',
        created_at: 'timestamptz not null',
        sent_at: 'timestamptz',
      },
      unique: { once: ['template', 'key'] },
      indexes: { by_person: ['to_email', 'id'], by_state: ['state', 'id'], by_time: ['created_at'] },
      checks: { state: "state in ('waiting', 'sent', 'failed', 'unknown')" },
    }),
    tenantTable('mail.attachments', {
      columns: {
        letter_id: 'bigint not null',
        name: 'text not null',
        content_type: 'text not null',
        content: 'bytea not null',
      },
      references: { letter: { columns: ['letter_id'], to: 'mail.letters', onDelete: 'cascade' } },
      indexes: { by_letter: ['letter_id', 'id'] },
    }),
    tenantTable('mail.texts', {
      columns: {
        template: 'text not null',
        locale: 'text not null',
        subject: 'text not null',
        html: 'text not null',
        text: 'text not null',
        version: 'integer not null default 1',
        changed_at: 'timestamptz not null',
        changed_by: 'text not null',
      },
      key: ['template', 'locale'],
    }),
  ],
  down: ['drop table mail.texts', 'drop table mail.attachments', 'drop table mail.letters'],
});
