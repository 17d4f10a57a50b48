import { noticeTexts } from './notice.ts';

export const newSignIn = noticeTexts({
  en: {
    subject: 'New sign-in at {{ store.name }}',
    lines: [
      'Somebody signed in to your account at {{ store.name }} from a browser and a place that we have not seen before.',
      'If it was you, there is nothing to do. If not, choose a new password at once and end the other sessions.',
    ],
  },
  fr: {
    subject: 'Nouvelle connexion chez {{ store.name }}',
    lines: [
      'Quelqu’un s’est connecté à votre compte chez {{ store.name }} depuis un navigateur et un lieu que nous ne connaissions pas.',
      'Si c’était vous, il n’y a rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe et fermez les autres sessions.',
    ],
  },
  de: {
    subject: 'Neue Anmeldung bei {{ store.name }}',
    lines: [
      'Jemand hat sich bei {{ store.name }} in Ihrem Konto angemeldet, mit einem Browser und von einem Ort, die wir noch nicht kannten.',
      'Wenn Sie es waren, ist nichts zu tun. Wenn nicht, wählen Sie sofort ein neues Passwort und beenden Sie die anderen Sitzungen.',
    ],
  },
  lb: {
    subject: 'Nei Umeldung bei {{ store.name }}',
    lines: [
      'Een huet sech bei {{ store.name }} an Ärem Kont ugemellt, mat engem Browser a vun enger Plaz, déi mir nach net kannt hunn.',
      'Wann Dir et waart, musst Dir näischt maachen. Wann net, wielt direkt en neit Passwuert a schléisst déi aner Sessiounen.',
    ],
  },
});
