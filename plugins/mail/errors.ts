import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  MAIL_ERR_UNKNOWN_TEMPLATE: ["No running plugin has the mail template '%s'", 500, 'private'],
  MAIL_ERR_ATTACHMENTS: ['Expected attachments of %s bytes at most, got %s for %s', 500, 'private'],
  MAIL_ERR_BROKEN_TEMPLATE: ["The mail template '%s' cannot be rendered: %s", 500, 'private'],
  MAIL_ERR_NOT_TAKEN: ['The mail server did not take a %s notice: %s', 502, 'private'],
  MAIL_ERR_BUSY: ['Mail %s is being sent by another process', 503, 'private'],
});
