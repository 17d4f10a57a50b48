import type { MediaFile } from 'kontor/sdk';

/** A type that is taken in. */
export type FileType = {
  readonly kind: MediaFile['kind'];
  readonly contentType: string;
  readonly ending: string;
};

const image = (contentType: string, ending: string): FileType => ({ kind: 'image', contentType, ending });
const video = (contentType: string, ending: string): FileType => ({ kind: 'video', contentType, ending });

export const TYPES = {
  jpeg: image('image/jpeg', '.jpg'),
  png: image('image/png', '.png'),
  webp: image('image/webp', '.webp'),
  gif: image('image/gif', '.gif'),
  avif: image('image/avif', '.avif'),
  tiff: image('image/tiff', '.tif'),
  svg: image('image/svg+xml', '.svg'),
  mp4: video('video/mp4', '.mp4'),
  webm: video('video/webm', '.webm'),
  pdf: { kind: 'document', contentType: 'application/pdf', ending: '.pdf' },
} as const satisfies Readonly<Record<string, FileType>>;

export type TypeName = keyof typeof TYPES;

/** Bytes that are enough to tell. */
export const HEAD = 4096;

/**
 * The type of a file by its first bytes; what its name or sender says does not count.
 *
 * @returns undefined for what is not taken in
 */
export function judgeType(head: Buffer): TypeName | undefined {
  const begins = (...bytes: number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes));
  const text = (start: number, end: number) => head.toString('latin1', start, end);
  if (begins(0xff, 0xd8, 0xff)) return 'jpeg';
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (/^GIF8[79]a$/.test(text(0, 6))) return 'gif';
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return 'tiff';
  if (text(4, 8) === 'ftyp') return brandOf(text(8, 12), text(16, 64));
  if (begins(0x1a, 0x45, 0xdf, 0xa3)) return text(0, 64).includes('webm') ? 'webm' : undefined;
  if (text(0, 5) === '%PDF-') return 'pdf';
  return isSvg(head.toString('utf8')) ? 'svg' : undefined;
}

function brandOf(brand: string, others: string): TypeName | undefined {
  if (/^avi[fs]$/.test(brand) || (brand === 'mif1' && others.includes('avif'))) return 'avif';
  return /^(isom|iso[2-9]|mp4[12]|avc1|M4V |dash|mmp4|msdh)$/.test(brand) ? 'mp4' : undefined;
}

/** Behind a declaration, comments and a document type the first element is `svg`. */
function isSvg(text: string): boolean {
  let rest = text.replace(/^\uFEFF/, '').trimStart();
  for (;;) {
    const end = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : undefined;
    const isType = /^<!doctype\s+svg\b/i.test(rest);
    if (end === undefined && !isType) return /^<svg[\s>/]/.test(rest);
    const close = isType ? '>' : end!;
    const at = rest.indexOf(close);
    if (at === -1) return false;
    rest = rest.slice(at + close.length).trimStart();
  }
}
