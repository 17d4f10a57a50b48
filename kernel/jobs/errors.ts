import { defineErrors } from 'kontor/sdk';

export const jobErrors = defineErrors({
  KERNEL_ERR_JOB_NO_STORE: [
    "Expected a store for the job '%s', got none; send it from a request or job of a store, or inside platform.inStore(storeId, ...)",
    500,
    'private',
  ],
  KERNEL_ERR_UNKNOWN_JOB: ["No running plugin has a job '%s'; %s", 500, 'private'],
  KERNEL_ERR_JOB_SETUP: ["Job '%s' of plugin '%s' cannot be set up: %s", 500, 'private'],
  KERNEL_ERR_JOB_CANCELLED: ["Job '%s' was cancelled", 409, 'public'],
  KERNEL_ERR_JOB_TIME_LIMIT: ["Job '%s' took longer than its timeLimit of %s s", 500, 'private'],
  KERNEL_ERR_JOB_STOPPED: [
    "Job '%s' was interrupted because the process stops; it runs again",
    503,
    'private',
  ],
  KERNEL_ERR_JOB_LEASE: ["Job '%s' went on elsewhere because its lease had lapsed here", 503, 'private'],
  KERNEL_ERR_JOB_LOST: ['The process that ran this job died; it was the last of %s attempts', 500, 'private'],
});
