import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  IMPORT_ERR_PIECE_MISSING: [
    'Expected the bytes from %s on of the file of import %s, found none; upload the file again',
    500,
    'public',
  ],
});
