import { noticeTexts } from './notice.ts';

export const emailChange = noticeTexts({
  en: {
    subject: 'Confirm your new address for {{ store.name }}',
    lines: [
      'From now on you want to sign in at {{ store.name }} with this address. Please confirm that it is yours.',
    ],
    button: 'Confirm this address',
    closing:
      'The link works once. Until you follow it your old address counts. If it was not you, there is nothing to do.',
  },
  fr: {
    subject: 'Confirmez votre nouvelle adresse pour {{ store.name }}',
    lines: [
      'Vous souhaitez désormais vous connecter chez {{ store.name }} avec cette adresse. Confirmez qu’elle est bien la vôtre.',
    ],
    button: 'Confirmer cette adresse',
    closing:
      'Le lien fonctionne une seule fois. D’ici là, votre ancienne adresse reste valable. Si ce n’était pas vous, il n’y a rien à faire.',
  },
  de: {
    subject: 'Bestätigen Sie Ihre neue Adresse für {{ store.name }}',
    lines: [
      'Sie möchten sich bei {{ store.name }} künftig mit dieser Adresse anmelden. Bitte bestätigen Sie, dass sie Ihnen gehört.',
    ],
    button: 'Adresse bestätigen',
    closing:
      'Der Link gilt einmal. Bis dahin bleibt Ihre alte Adresse gültig. Wenn Sie es nicht waren, ist nichts zu tun.',
  },
  lb: {
    subject: 'Confirméiert Är nei Adress fir {{ store.name }}',
    lines: [
      'Dir wëllt Iech bei {{ store.name }} an Zukunft mat dëser Adress umellen. Confirméiert w.e.g., datt se Iech gehéiert.',
    ],
    button: 'Adress confirméieren',
    closing:
      'De Link geet eng Kéier. Bis dohin zielt Är al Adress. Wann Dir et net waart, musst Dir näischt maachen.',
  },
});
