type Wanted = { readonly width?: number | undefined; readonly format?: string | undefined };
type Chosen = 'original' | 'webp' | 'avif' | 'jpeg' | 'png';

/**
 * The format to answer in. What is not asked for by name is WebP where the browser takes it, else what the file is in.
 * AVIF is made when it is asked for by name only: it saves little over WebP, and takes ten times as long.
 */
export function chooseFormat({ width, format }: Wanted, accept: string | string[] | undefined): Chosen {
  if (format !== undefined && format !== 'auto') return format as Chosen;
  const isAsked = format === 'auto' || width !== undefined;
  return isAsked && /\bimage\/webp\b/.test(String(accept)) ? 'webp' : 'original';
}
