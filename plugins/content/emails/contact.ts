import type { MailTemplate } from 'kontor/sdk';

type Words = Readonly<Record<'subject' | 'title' | 'from' | 'email' | 'phone' | 'answer', string>>;

/** To the store: what a visitor wrote. Answering it answers the visitor. */
export const contactLetter: MailTemplate = {
  code: 'content.contact',
  title: 'Message of the contact form',
  sample: {
    name: 'Ada',
    email: 'ada@example.lu',
    phone: '',
    text: 'Do you have the bowl in green?',
    fields: [{ label: 'Order number', value: '#1001' }],
  },
  texts: {
    en: letter({
      subject: 'Message from {% if name != "" %}{{ name }}{% else %}{{ email }}{% endif %}',
      title: 'Somebody wrote to you by the contact form',
      from: 'Name',
      email: 'E-mail',
      phone: 'Telephone',
      answer: 'Reply to this mail to answer.',
    }),
    fr: letter({
      subject: 'Message de {% if name != "" %}{{ name }}{% else %}{{ email }}{% endif %}',
      title: 'Quelqu’un vous a écrit par le formulaire de contact',
      from: 'Nom',
      email: 'E-mail',
      phone: 'Téléphone',
      answer: 'Répondez à cet e-mail pour répondre à la personne.',
    }),
    de: letter({
      subject: 'Nachricht von {% if name != "" %}{{ name }}{% else %}{{ email }}{% endif %}',
      title: 'Jemand hat Ihnen über das Kontaktformular geschrieben',
      from: 'Name',
      email: 'E-Mail',
      phone: 'Telefon',
      answer: 'Antworten Sie auf diese E-Mail, um der Person zu antworten.',
    }),
    lb: letter({
      subject: 'Message vun {% if name != "" %}{{ name }}{% else %}{{ email }}{% endif %}',
      title: 'Et huet Iech een iwwer de Kontaktformulaire geschriwwen',
      from: 'Numm',
      email: 'E-Mail',
      phone: 'Telefon',
      answer: 'Äntwert op dës E-Mail, fir der Persoun z’äntweren.',
    }),
  },
};

function letter({ subject, title, from, email, phone, answer }: Words) {
  const lines = [
    `{% if name != "" %}${from}: {{ name }}{% endif %}`,
    `${email}: {{ email }}`,
    `{% if phone != "" %}${phone}: {{ phone }}{% endif %}`,
    '{% for field in fields %}{{ field.label }}: {{ field.value }}{% unless forloop.last %}\n{% endunless %}{% endfor %}',
  ];
  const rows = [
    `{% if name != "" %}${from}: {{ name }}<br>{% endif %}`,
    `${email}: {{ email }}<br>`,
    `{% if phone != "" %}${phone}: {{ phone }}<br>{% endif %}`,
    '{% for field in fields %}{{ field.label }}: {{ field.value }}<br>{% endfor %}',
  ];
  return {
    subject,
    html: `<h1>${title}</h1>\n<p>{{ text | newline_to_br }}</p>\n<p>${rows.join('')}</p>\n<p>${answer}</p>`,
    text: `${title}\n\n{{ text }}\n\n${lines.join('\n')}\n\n${answer}`,
  };
}
