import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('media.files', {
      columns: {
        key: 'text not null',
        checksum: 'text not null',
        kind: 'text not null',
        name: 'text not null',
        folder: "text not null default ''",
        content_type: 'text not null',
        bytes: 'bigint not null',
        width: 'integer',
        height: 'integer',
        frames: 'integer not null default 1',
        focal_x: 'double precision not null default 0.5',
        focal_y: 'double precision not null default 0.5',
        alt: "jsonb not null default '{}'",
        version: 'integer not null default 1',
        created_at: 'timestamptz not null',
      },
      unique: { by_key: ['key'], once: ['checksum'] },
      indexes: { by_folder: ['folder', 'id'], by_name: ['name', 'id'] },
      checks: { kind: "kind in ('image', 'video', 'document')" },
    }),
  ],
  down: ['drop table media.files'],
});
