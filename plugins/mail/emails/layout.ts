/**
 * Around every mail. Tables and inline styles: mail programs know nothing else. Colours are given for a light and a dark
 * screen; without images there is nothing to load, and nobody is told that the mail was opened.
 */
export const HTML_LAYOUT = `<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ subject }}</title>
<style>
  body { margin: 0; background: #f4f4f2; color: #1d1d1b; }
  a { color: {{ mail.accentColour }}; }
  h1 { font-size: 22px; line-height: 1.3; margin: 0 0 16px; }
  p { margin: 0 0 16px; }
  td, th { text-align: left; vertical-align: top; padding: 6px 0; }
  .amount { text-align: right; white-space: nowrap; }
  @media (prefers-color-scheme: dark) {
    body, .page { background: #1b1b1a !important; color: #f0efe9 !important; }
    .card { background: #2a2a28 !important; }
    .small { color: #c4c3bd !important; }
    a { color: #9cc7f0 !important; }
    a.button { color: {{ mail.onAccent }} !important; }
  }
</style>
</head>
<body>
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f4f2">
<tr><td style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;margin:0 auto;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<tr><td style="padding:0 4px 16px"><a href="{{ store.url }}" style="font-size:18px;font-weight:600;text-decoration:none">{{ store.name }}</a></td></tr>
<tr><td class="card" style="background:#ffffff;border-radius:8px;padding:28px 24px">
{{ content | raw }}
</td></tr>
<tr><td class="small" style="padding:16px 4px;font-size:13px;color:#5c5b56">{% if mail.footer != '' %}{{ mail.footer | newline_to_br }}<br>{% endif %}{{ store.name }} · <a href="{{ store.url }}">{{ store.url }}</a></td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;

export const TEXT_LAYOUT = `{{ content }}

-- 
{% if mail.footer != '' %}{{ mail.footer }}
{% endif %}{{ store.name }}
{{ store.url }}
`;

/**
 * Snippets that every template may render.
 *
 * @param accentColour - as `#rrggbb`; the letters on it are black or white, whichever can be read better
 */
export function partialsFor(accentColour: string): Readonly<Record<string, string>> {
  const style = `display:inline-block;background:${accentColour};color:${letterColour(accentColour)};text-decoration:none;font-weight:600;padding:12px 22px;border-radius:6px`;
  return {
    button: `<p style="margin:24px 0"><a class="button" href="{{ url }}" style="${style}">{{ label }}</a></p>`,
  };
}

/** By relative luminance as WCAG counts it: white needs a contrast of 4.5 to 1. */
export function letterColour(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return 1.05 / (luminance + 0.05) >= 4.5 ? '#ffffff' : '#000000';
}
