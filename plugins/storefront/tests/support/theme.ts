import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { writeZip } from '../../themes/zip/write-zip.ts';

/** A small whole theme of our own; `more` adds files, and undefined takes one away. */
export function aTheme(more: Record<string, string | Buffer | undefined> = {}): Map<string, string | Buffer> {
  const files = Object.entries({ ...SMALL, ...more });
  return new Map(files.filter((entry): entry is [string, string | Buffer] => entry[1] !== undefined));
}

/** Files as an archive. */
export function zipOf(files: Iterable<readonly [string, string | Buffer]>): Promise<Buffer> {
  return buffer(Readable.from(writeZip(files)));
}

const SMALL: Record<string, string | Buffer> = {
  'layout/theme.liquid':
    '<!doctype html><html><head>{{ content_for_header }}</head><body>{{ content_for_layout }}</body></html>',
  'templates/index.json': JSON.stringify({
    sections: { hero: { type: 'hero', settings: { heading: 'Hello' } } },
    order: ['hero'],
  }),
  'sections/hero.liquid': `<h1>{{ section.settings.heading }}</h1>
{% schema %}
{
  "name": "Hero",
  "settings": [{ "type": "text", "id": "heading", "label": "Heading", "default": "Welcome" }],
  "presets": [{ "name": "Hero" }]
}
{% endschema %}`,
  'config/settings_schema.json': JSON.stringify([
    { name: 'theme_info', theme_name: 'Small', theme_version: '1.0.0', theme_author: 'Us' },
    { name: 'Colours', settings: [{ type: 'color', id: 'accent', label: 'Accent', default: '#112233' }] },
  ]),
  'config/settings_data.json': '{ "current": {} }',
  'locales/en.default.json': '{ "cart": { "title": "Cart" } }',
  'assets/dot.png': Buffer.from('89504e470d0a1a0a0000ff00', 'hex'),
};
