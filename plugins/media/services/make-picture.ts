import { readFile } from 'node:fs/promises';
import { ok, refused, type Result } from 'kontor/sdk';
import { type FileType, type TypeName, TYPES } from './judge-type.ts';
import { sanitiseSvg } from './sanitise-svg.ts';
import { hasTooManyFrames, openPicture } from './sharp.ts';

const SIDE = 5000; // pixels; more is for print

/** A picture as it is kept. */
export type Picture = {
  readonly content: Buffer;
  readonly type: FileType;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
};

/**
 * Makes a picture anew, upright and without what cameras write into it: nothing of the file that came is kept but what can
 * be seen. AVIF and TIFF become what every browser shows.
 */
export async function makePicture(input: {
  path: string;
  type: TypeName;
}): Promise<Result<Picture, 'brokenFile' | 'tooLarge'>> {
  try {
    return input.type === 'svg' ? await makeDrawing(input.path) : await makePixels(input.path, input.type);
  } catch (error) {
    const isTooLarge = /pixel limit|too large/i.test((error as Error).message);
    return refused(isTooLarge ? 'tooLarge' : 'brokenFile');
  }
}

async function makePixels(path: string, type: TypeName): Promise<Result<Picture, 'brokenFile' | 'tooLarge'>> {
  const found = await openPicture(path).metadata();
  if (found.format !== (type === 'avif' ? 'heif' : type)) return refused('brokenFile');
  if (hasTooManyFrames(found)) return refused('tooLarge');
  const frames = type === 'gif' || type === 'webp' ? (found.pages ?? 1) : 1;
  const picture = openPicture(path, { animated: frames > 1 })
    .autoOrient()
    .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true });
  const format = formatFor(type, found.hasAlpha === true);
  const encoded = {
    jpeg: () => picture.jpeg({ quality: 90, mozjpeg: true }),
    png: () => picture.png({ compressionLevel: 9 }),
    webp: () => picture.webp({ quality: 90 }),
    gif: () => picture.gif(),
  }[format]();
  const { data: content, info } = await encoded.toBuffer({ resolveWithObject: true });
  const height = info.pageHeight ?? info.height;
  return ok({ content, type: TYPES[format], width: info.width, height, frames });
}

function formatFor(type: TypeName, hasAlpha: boolean): 'jpeg' | 'png' | 'webp' | 'gif' {
  if (type === 'png' || type === 'webp' || type === 'gif') return type;
  if (type === 'avif') return 'webp';
  return hasAlpha ? 'png' : 'jpeg';
}

async function makeDrawing(path: string): Promise<Result<Picture, 'brokenFile'>> {
  const svg = sanitiseSvg(await readFile(path, 'utf8'));
  if (svg === undefined) return refused('brokenFile');
  const content = Buffer.from(svg);
  const { width = 0, height = 0, format } = await openPicture(content).metadata();
  if (format !== 'svg' || width === 0 || height === 0) return refused('brokenFile');
  return ok({ content, type: TYPES.svg, width, height, frames: 1 });
}
