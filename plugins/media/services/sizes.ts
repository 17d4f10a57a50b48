/** Widths that pictures are made in; few, so that nobody can fill a disk by asking for all there are. */
export const SIZES = [96, 160, 240, 320, 480, 640, 800, 960, 1200, 1600, 2048, 2880] as const;

/** The next size that is large enough; the largest when none is. */
export const sizeFor = (width: number): number => SIZES.find((size) => size >= width) ?? SIZES.at(-1)!;
