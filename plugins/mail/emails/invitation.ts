import { noticeTexts } from './notice.ts';

export const invitation = noticeTexts({
  en: {
    subject: 'You are invited to work with {{ store.name }}',
    lines: ['{{ store.name }} would like you to be part of its team.'],
    button: 'Accept the invitation',
    closing:
      'The link works once, for {{ days }} days. If you do not know who invited you, you can leave this mail unanswered.',
  },
  fr: {
    subject: 'Vous êtes invité à travailler avec {{ store.name }}',
    lines: ['{{ store.name }} souhaite vous accueillir dans son équipe.'],
    button: 'Accepter l’invitation',
    closing:
      'Le lien fonctionne une seule fois, pendant {{ days }} jours. Si vous ne savez pas qui vous invite, ignorez ce message.',
  },
  de: {
    subject: 'Sie sind eingeladen, bei {{ store.name }} mitzuarbeiten',
    lines: ['{{ store.name }} möchte Sie in sein Team aufnehmen.'],
    button: 'Einladung annehmen',
    closing:
      'Der Link gilt einmal und {{ days }} Tage lang. Wenn Sie nicht wissen, wer Sie einlädt, lassen Sie diese Mail unbeantwortet.',
  },
  lb: {
    subject: 'Dir sidd invitéiert, bei {{ store.name }} matzeschaffen',
    lines: ['{{ store.name }} wëll Iech an d’Team ophuelen.'],
    button: 'Invitatioun unhuelen',
    closing:
      'De Link geet eng Kéier an {{ days }} Deeg laang. Wann Dir net wësst, wien Iech invitéiert, kënnt Dir dës Mail ignoréieren.',
  },
});
