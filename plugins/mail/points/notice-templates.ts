import type { MailTemplate, Notice } from 'kontor/sdk';
import { emailChange } from '../emails/email-change.ts';
import { emailChanged } from '../emails/email-changed.ts';
import { invitation } from '../emails/invitation.ts';
import { lockedOut } from '../emails/locked-out.ts';
import { newSignIn } from '../emails/new-sign-in.ts';
import { passwordReset } from '../emails/password-reset.ts';

/** Of links: `hours` and `days` that are left. */
const sample = { link: 'https://shop.example.lu/a-link-that-works-once', hours: 24, days: 7 };

/** What the kernel has to tell people, as mails. */
export const noticeTemplates = [
  { code: 'mail.invitation', title: 'Invitation to the team', texts: invitation, sample },
  { code: 'mail.password-reset', title: 'New password', texts: passwordReset, sample },
  { code: 'mail.email-change', title: 'Confirm a new address', texts: emailChange, sample },
  { code: 'mail.email-changed', title: 'Address was changed', texts: emailChanged, sample: {} },
  { code: 'mail.new-sign-in', title: 'Sign-in from a new place', texts: newSignIn, sample: {} },
  { code: 'mail.locked-out', title: 'Account locked for a while', texts: lockedOut, sample: {} },
] as const satisfies readonly (MailTemplate & { code: `mail.${Notice['kind']}` })[];
