import sharp from 'sharp';

/** A picture of one colour. */
export const aPicture = (
  change: {
    width?: number;
    height?: number;
    colour?: string;
    format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff';
  } = {},
): Promise<Buffer> => {
  const { width = 1000, height = 500, colour = '#aa3322', format = 'jpeg' } = change;
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer();
};

/** What a camera would have written: turned by a quarter, with a place and a name. */
export const aPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 400, height: 200, channels: 3, background: '#3366aa' } })
    .withExif({ IFD0: { Artist: 'Ada Lovelace', Software: 'Kodak' }, IFD3: { GPSLatitude: '49/1 36/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** One that moves. */
export async function anAnimation(frames = 3): Promise<Buffer> {
  const images = await Promise.all(
    Array.from({ length: frames }, (_, at) =>
      aPicture({
        width: 200,
        height: 100,
        colour: `#${(at * 40 + 20).toString(16).padStart(2, '0')}0000`,
        format: 'png',
      }),
    ),
  );
  return sharp(images, { join: { animated: true } })
    .gif()
    .toBuffer();
}

export const factsOf = (content: Buffer) => sharp(content, { animated: true }).metadata();

export const svg = (inside: string, attributes = 'viewBox="0 0 40 20"'): string =>
  `<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`;

/** The beginning of an MP4, and as many bytes as are wanted. */
export const aVideo = (bytes: number): Buffer =>
  Buffer.concat([
    Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp41', 'latin1'),
    Buffer.alloc(bytes - 24, 'v'),
  ]);
