import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_SETTINGS_SCHEMA: ["The settings of plugin '%s' are not a schema we can use: %s", 500, 'private'],
  KERNEL_ERR_NO_SETTINGS: [
    "Plugin '%s' has no settings; describe them under 'settings' in its plugin.json",
    500,
    'private',
  ],
});
