import { noticeTexts } from './notice.ts';

export const lockedOut = noticeTexts({
  en: {
    subject: 'Your account at {{ store.name }} is locked for a while',
    lines: [
      'Somebody tried too many wrong passwords for your account at {{ store.name }}. It is locked for a while, so that nobody can guess on.',
      'If you have forgotten your password, ask for a new one on the sign-in page.',
    ],
  },
  fr: {
    subject: 'Votre compte chez {{ store.name }} est bloqué pour un moment',
    lines: [
      'Quelqu’un a essayé trop de mots de passe erronés pour votre compte chez {{ store.name }}. Il est bloqué pour un moment, afin que personne ne continue à deviner.',
      'Si vous avez oublié votre mot de passe, demandez-en un nouveau sur la page de connexion.',
    ],
  },
  de: {
    subject: 'Ihr Konto bei {{ store.name }} ist für eine Weile gesperrt',
    lines: [
      'Jemand hat zu viele falsche Passwörter für Ihr Konto bei {{ store.name }} versucht. Es ist für eine Weile gesperrt, damit niemand weiter raten kann.',
      'Wenn Sie Ihr Passwort vergessen haben, fordern Sie auf der Anmeldeseite ein neues an.',
    ],
  },
  lb: {
    subject: 'Äre Kont bei {{ store.name }} ass fir eng Zäit gespaart',
    lines: [
      'Een huet ze vill falsch Passwierder fir Äre Kont bei {{ store.name }} probéiert. E ass fir eng Zäit gespaart, fir datt kee weider rode kann.',
      'Wann Dir Äert Passwuert vergiess hutt, frot op der Umeldungssäit en neit un.',
    ],
  },
});
