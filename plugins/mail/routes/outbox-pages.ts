import type { OutboxMail } from '../services/outbox.ts';

export type Text = (key: string, values?: Record<string, string | number | Date>) => string;
type Spoken = { readonly locale: string; readonly text: Text };

export function listPage(mails: readonly OutboxMail[], { locale, text }: Spoken): string {
  const rows = mails.map(
    (mail) => `<tr>
<td><a href="/outbox/${mail.name}">${escaped(mail.subject) || '–'}</a></td>
<td>${escaped(mail.to.address)}</td>
<td>${escaped(mail.from.name)}</td>
<td><time datetime="${mail.at}">${timeIn(mail.at, locale)}</time></td>
</tr>`,
  );
  const columns = ['subject', 'to', 'from', 'time'].map(
    (name) => `<th scope="col">${label(text, name)}</th>`,
  );
  const table = `<div class="scroll" role="region" aria-labelledby="title" tabindex="0"><table>
<thead><tr>${columns.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
  const empty = `<p class="empty">${escaped(text('outbox.empty'))}</p>`;
  const body = `<h1 id="title">${label(text, 'title')}</h1>
<p>${label(text, 'intro')}</p>
${mails.length > 0 ? table : empty}`;
  return page({ title: text('outbox.title'), locale, body });
}

export function mailPage(mail: OutboxMail, { locale, text }: Spoken): string {
  const facts = [
    ['from', `${mail.from.name} <${mail.from.address}>`],
    ['to', `${mail.to.name} <${mail.to.address}>`.trim()],
    ['time', timeIn(mail.at, locale)],
    ...(mail.attachments.length > 0 ? [['attachments', mail.attachments.join(', ')]] : []),
  ];
  const body = `<p><a href="/outbox">${label(text, 'back')}</a></p>
<h1>${escaped(mail.subject) || '–'}</h1>
<dl>${facts.map(([name, value]) => `<div><dt>${label(text, name!)}</dt><dd>${escaped(value!)}</dd></div>`).join('')}</dl>
<p><a href="/outbox/${mail.name}/eml" download>${label(text, 'download')}</a></p>
<h2>${label(text, 'html')}</h2>
<iframe src="/outbox/${mail.name}/html" title="${label(text, 'html')}" sandbox></iframe>
<h2>${label(text, 'text')}</h2>
<pre tabindex="0">${withLinks(escaped(mail.text))}</pre>`;
  return page({ title: mail.subject, locale, body });
}

function page({ title, locale, body }: { title: string; locale: string; body: string }): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

const STYLE = `
:root { --page: #f5f5f2; --card: #ffffff; --ink: #1d1d1b; --soft: #595852; --line: #d9d8d2; --link: #1f4e79; }
@media (prefers-color-scheme: dark) {
  :root { --page: #191918; --card: #262624; --ink: #f0efe9; --soft: #bdbcb5; --line: #45443f; --link: #9cc7f0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
a:focus-visible, .scroll:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .65rem .9rem; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
th, dt, time, .empty { color: var(--soft); }
th { font-weight: 600; font-size: .85rem; }
time { white-space: nowrap; }
.empty { padding: 2rem; background: var(--card); border: 1px dashed var(--line); border-radius: 8px; text-align: center; }
dl { margin: 1rem 0; }
dl div { display: flex; gap: .75rem; flex-wrap: wrap; }
dt { min-width: 7rem; }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 34rem; background: #ffffff; border: 1px solid var(--line); border-radius: 8px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin: 0; }
`;

const label = (text: Text, name: string): string => escaped(text(`outbox.${name}`));

const timeIn = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

/** The frame above leads nowhere; here a link can be followed. */
const withLinks = (text: string): string =>
  text.replace(/https?:\/\/[^\s<>"]+/g, (link) => `<a href="${link}" rel="noreferrer">${link}</a>`);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]!);
