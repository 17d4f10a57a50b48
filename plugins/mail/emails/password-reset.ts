import { noticeTexts } from './notice.ts';

export const passwordReset = noticeTexts({
  en: {
    subject: 'Choose a new password for {{ store.name }}',
    lines: ['Somebody, probably you, asked for a new password for your account at {{ store.name }}.'],
    button: 'Choose a new password',
    closing:
      'The link works once, for {% if hours == 1 %}an hour{% else %}{{ hours }} hours{% endif %}. If it was not you, there is nothing to do: your password stays as it is.',
  },
  fr: {
    subject: 'Choisissez un nouveau mot de passe pour {{ store.name }}',
    lines: [
      'Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte chez {{ store.name }}.',
    ],
    button: 'Choisir un nouveau mot de passe',
    closing:
      'Le lien fonctionne une seule fois, pendant {% if hours == 1 %}une heure{% else %}{{ hours }} heures{% endif %}. Si ce n’était pas vous, il n’y a rien à faire : votre mot de passe reste le même.',
  },
  de: {
    subject: 'Wählen Sie ein neues Passwort für {{ store.name }}',
    lines: [
      'Jemand, vermutlich Sie selbst, hat ein neues Passwort für Ihr Konto bei {{ store.name }} angefordert.',
    ],
    button: 'Neues Passwort wählen',
    closing:
      'Der Link gilt einmal und {% if hours == 1 %}eine Stunde{% else %}{{ hours }} Stunden{% endif %} lang. Wenn Sie es nicht waren, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.',
  },
  lb: {
    subject: 'Wielt en neit Passwuert fir {{ store.name }}',
    lines: [
      'Een, wahrscheinlech Dir selwer, huet en neit Passwuert fir Äre Kont bei {{ store.name }} ugefrot.',
    ],
    button: 'Neit Passwuert wielen',
    closing:
      'De Link geet eng Kéier a gëllt {% if hours == 1 %}eng Stonn{% else %}{{ hours }} Stonnen{% endif %}. Wann Dir et net waart, musst Dir näischt maachen: Äert Passwuert bleift, wéi et ass.',
  },
});
