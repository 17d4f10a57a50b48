import { noticeTexts } from './notice.ts';

export const emailChanged = noticeTexts({
  en: {
    subject: 'Your address for {{ store.name }} was changed',
    lines: [
      'Your account at {{ store.name }} has a new address; this one is no longer used to sign in.',
      'If it was not you, tell us at once by answering to this mail, so that nobody else uses your account.',
    ],
  },
  fr: {
    subject: 'Votre adresse pour {{ store.name }} a été modifiée',
    lines: [
      'Votre compte chez {{ store.name }} a une nouvelle adresse ; celle-ci ne sert plus à vous connecter.',
      'Si ce n’était pas vous, dites-le-nous tout de suite en répondant à ce message, afin que personne d’autre n’utilise votre compte.',
    ],
  },
  de: {
    subject: 'Ihre Adresse für {{ store.name }} wurde geändert',
    lines: [
      'Ihr Konto bei {{ store.name }} hat eine neue Adresse; mit dieser hier melden Sie sich nicht mehr an.',
      'Wenn Sie es nicht waren, sagen Sie es uns sofort als Antwort auf diese Mail, damit niemand sonst Ihr Konto benutzt.',
    ],
  },
  lb: {
    subject: 'Är Adress fir {{ store.name }} gouf geännert',
    lines: [
      'Äre Kont bei {{ store.name }} huet eng nei Adress; mat dëser hei mellt Dir Iech net méi un.',
      'Wann Dir et net waart, sot eis direkt Bescheed andeems Dir op dës Mail äntwert, fir datt keen aneren Äre Kont benotzt.',
    ],
  },
});
