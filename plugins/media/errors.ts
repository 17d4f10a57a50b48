import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  MEDIA_ERR_STORAGE: ["The storage '%s' answered %s to %s of %s", 502, 'private'],
  MEDIA_ERR_STORAGE_SETTINGS: ['The storage s3 needs the settings %s of the plugin media', 500, 'private'],
  MEDIA_ERR_CONTENT_MISSING: ['The content of file %s is not in the storage', 500, 'private'],
});
