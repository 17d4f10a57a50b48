import type { DefaultPageKey } from 'kontor/sdk';
import { about } from './about.ts';
import { contact } from './contact.ts';
import { faq } from './faq.ts';
import { legalNotice } from './legal-notice.ts';
import { privacy } from './privacy.ts';
import { returns } from './returns.ts';
import type { DefaultPage } from './shape.ts';
import { shipping } from './shipping.ts';
import { terms } from './terms.ts';

/** Texts that every store begins with. They say what holds for any store here, and nothing that one would have to check. */
export const DEFAULT_PAGES: Readonly<Record<DefaultPageKey, DefaultPage>> = {
  about,
  faq,
  contact,
  shipping,
  returns,
  privacy,
  terms,
  'legal-notice': legalNotice,
};
