import sharp, { type Sharp, type SharpOptions } from 'sharp';

const PIXELS = 120_000_000; // of all frames: what the largest cameras of telephones give
const FRAMES = 300;

// Several pictures at once, each on one thread, are faster than one on all; and what was read is not read again soon.
sharp.concurrency(1);
sharp.cache(false);

/** Opens a picture that nobody need trust. */
export function openPicture(content: Buffer | string, options: SharpOptions = {}): Sharp {
  return sharp(content, { limitInputPixels: PIXELS, failOn: 'error', sequentialRead: true, ...options });
}

export const hasTooManyFrames = ({ pages = 1 }: { pages?: number | undefined }): boolean => pages > FRAMES;
