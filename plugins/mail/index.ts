import { definePlugin, defineRoutes } from 'kontor/sdk';
import './contract.ts';
import { dropOldLetters } from './jobs/drop-old-letters.ts';
import { sendLetterJob } from './jobs/send-letter.ts';
import { noticeChannel } from './points/notice-channel.ts';
import { noticeTemplates } from './points/notice-templates.ts';
import { listMails, readMail, sendMailAgain } from './routes/letters.ts';
import { downloadOutboxMail, showOutbox, showOutboxHtml, showOutboxMail } from './routes/outbox.ts';
import { readSender, saveSender } from './routes/sender.ts';
import {
  listMailTemplates,
  previewMailTemplate,
  readMailTemplate,
  revertMailTemplate,
  saveMailTemplate,
  testMailTemplate,
} from './routes/templates.ts';
import { createMailer } from './services/mailer.ts';

export default definePlugin({
  services: { mailer: (services) => createMailer(services) },
  declares: { points: { mailTemplates: {} } },
  points: {
    mailTemplates: noticeTemplates,
    noticeChannels: (services) => [noticeChannel(services)],
  },
  jobs: { 'mail.send-letter': sendLetterJob, 'mail.drop-old-letters': dropOldLetters },
  routes: defineRoutes([
    listMails,
    readMail,
    sendMailAgain,
    listMailTemplates,
    readMailTemplate,
    saveMailTemplate,
    revertMailTemplate,
    previewMailTemplate,
    testMailTemplate,
    readSender,
    saveSender,
    showOutbox,
    showOutboxMail,
    showOutboxHtml,
    downloadOutboxMail,
  ]),
});
