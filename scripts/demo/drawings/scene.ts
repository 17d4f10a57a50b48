/** Colours of a picture: what stands behind, what it stands on, and the thing itself. */
export type Palette = {
  wall: string;
  table: string;
  main: string;
  second: string;
  accent: string;
  ink: string;
};

export const PALETTES = {
  sand: {
    wall: '#efe6d8',
    table: '#dccbb2',
    main: '#c8795a',
    second: '#f6efe4',
    accent: '#3f5d52',
    ink: '#3a2f28',
  },
  moss: {
    wall: '#dfe5da',
    table: '#c2ccb8',
    main: '#5f7a5c',
    second: '#f3f1e7',
    accent: '#c98b4b',
    ink: '#2c352b',
  },
  dusk: {
    wall: '#dcdfea',
    table: '#bcc2d6',
    main: '#4c5b86',
    second: '#f4f2ee',
    accent: '#d99a6c',
    ink: '#262c40',
  },
  rose: {
    wall: '#f1dedb',
    table: '#dfc1bc',
    main: '#b2555a',
    second: '#fbf3ee',
    accent: '#6b7a63',
    ink: '#402528',
  },
  slate: {
    wall: '#dde2e3',
    table: '#bfc8ca',
    main: '#44565c',
    second: '#f5f3ee',
    accent: '#cf9f52',
    ink: '#232c2f',
  },
  honey: {
    wall: '#f5e7c6',
    table: '#e4cd98',
    main: '#cf8f2c',
    second: '#fff8e7',
    accent: '#6d4a2b',
    ink: '#3d2c14',
  },
  plum: {
    wall: '#e6dbe6',
    table: '#cdb9cd',
    main: '#6b3f63',
    second: '#f7f1f4',
    accent: '#c9a227',
    ink: '#34203a',
  },
  linen: {
    wall: '#f0ece4',
    table: '#ddd6c8',
    main: '#a89b84',
    second: '#fbf9f4',
    accent: '#7b5d44',
    ink: '#3b362d',
  },
} as const satisfies Record<string, Palette>;
export type PaletteName = keyof typeof PALETTES;

/** A picture of 1200 by 1200: wall, table, light from the left, and a thing that stands at (600, 930). */
export function scene(palette: Palette, thing: string): string {
  const { wall, table } = palette;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1200" viewBox="0 0 1200 1200">
<defs>
<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${lighter(wall, 0.35)}"/><stop offset="1" stop-color="${wall}"/></linearGradient>
<linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${table}"/><stop offset="1" stop-color="${darker(table, 0.1)}"/></linearGradient>
<linearGradient id="round" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#000" stop-opacity=".12"/><stop offset=".22" stop-color="#fff" stop-opacity=".28"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".26"/></linearGradient>
<radialGradient id="ball" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="#fff" stop-opacity=".4"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".25"/></radialGradient>
<filter id="soft" x="-50%" y="-200%" width="200%" height="500%"><feGaussianBlur stdDeviation="22"/></filter>
</defs>
<rect width="1200" height="1200" fill="url(#wall)"/>
<path d="M0 800 L420 0 L760 0 L300 800Z" fill="#fff" opacity=".16"/>
<rect y="800" width="1200" height="400" fill="url(#table)"/>
<rect y="800" width="1200" height="3" fill="#000" opacity=".06"/>
${thing}
</svg>`;
}

/** What a thing casts on the table. */
export function shadow(width: number, { x = 620, y = 935 }: { x?: number; y?: number } = {}): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${width}" ry="${width * 0.16}" fill="#000" opacity=".3" filter="url(#soft)"/>`;
}

export function lighter(colour: string, share: number): string {
  return mixed(colour, 255, share);
}

export function darker(colour: string, share: number): string {
  return mixed(colour, 0, share);
}

function mixed(colour: string, to: number, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(part + (to - part) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}
