import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_UNDECLARED_SERVICE: [
    "Plugin '%s' reached for the service '%s', which belongs to plugin '%s'; add \"%s\" to dependsOn or worksWith in %s/plugin.json",
    500,
    'private',
  ],
  KERNEL_ERR_UNKNOWN_SERVICE: [
    "Plugin '%s' reached for the service '%s', which nobody declares; %s",
    500,
    'private',
  ],
  KERNEL_ERR_RESERVED_SERVICE: [
    'Plugin \'%s\' reached for \'%s\', which is for bundled plugins that say "uses": ["%s"] in plugin.json',
    500,
    'private',
  ],
  KERNEL_ERR_SERVICE_FAILED: ["The service '%s' of plugin '%s' could not be made: %s", 500, 'private'],
  KERNEL_ERR_PLUGIN_OFF: ["Plugin '%s' is off in this store, so that its '%s' cannot be used", 404, 'public'],
  KERNEL_ERR_UNKNOWN_POINT: ["No plugin declares the point '%s'; %s", 500, 'private'],
  KERNEL_ERR_PLUGIN_SET_UP: ["Plugin '%s' could not be set up: %s", 500, 'private'],
  KERNEL_ERR_UNKNOWN_PLUGIN: ["No plugin '%s' here; %s", 404, 'public'],
  KERNEL_ERR_PLAN_STALE: [
    'This plan is not what would be done now: %s; make a new plan and apply that one',
    409,
    'public',
  ],
  KERNEL_ERR_PLAN_PROBLEMS: ['This plan cannot be applied: %s', 409, 'public'],
  KERNEL_ERR_PLUGIN_STATE: ["Plugin '%s' is %s; %s", 409, 'public'],
  KERNEL_ERR_ARCHIVE: ['%s cannot be restored: %s', 422, 'public'],
});
