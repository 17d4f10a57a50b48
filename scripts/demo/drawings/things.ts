import { darker, lighter, type Palette, shadow } from './scene.ts';

type Draw = (palette: Palette) => string;

/** A body of revolution: its outline on the right, mirrored, with light over it. */
function turned(colour: string, right: string, left: string): string {
  const path = `${right} ${left} Z`;
  return `<path d="${path}" fill="${colour}"/><path d="${path}" fill="url(#round)"/>`;
}

function mouth(y: number, width: number, colour: string, inside = darker(colour, 0.35)): string {
  return `<ellipse cx="600" cy="${y}" rx="${width}" ry="${width * 0.2}" fill="${lighter(colour, 0.18)}"/><ellipse cx="600" cy="${y}" rx="${width - 14}" ry="${(width - 14) * 0.18}" fill="${inside}"/>`;
}

function label(x: number, y: number, width: number, height: number, paper: string, ink: string): string {
  const middle = x + width / 2;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${paper}"/>
<circle cx="${middle}" cy="${y + height * 0.34}" r="${height * 0.16}" fill="none" stroke="${ink}" stroke-width="5"/>
<path d="M${middle - height * 0.09} ${y + height * 0.36} q${height * 0.09} -${height * 0.16} ${height * 0.18} 0" fill="none" stroke="${ink}" stroke-width="5"/>
<rect x="${x + width * 0.2}" y="${y + height * 0.62}" width="${width * 0.6}" height="9" rx="4" fill="${ink}"/>
<rect x="${x + width * 0.3}" y="${y + height * 0.75}" width="${width * 0.4}" height="6" rx="3" fill="${ink}" opacity=".55"/>`;
}

function leaf(x: number, y: number, angle: number, size: number, colour: string): string {
  return `<g transform="translate(${x} ${y}) rotate(${angle})"><path d="M0 0 C ${size * 0.42} ${-size * 0.3}, ${size * 0.42} ${-size * 0.8}, 0 ${-size} C ${-size * 0.42} ${-size * 0.8}, ${-size * 0.42} ${-size * 0.3}, 0 0Z" fill="${colour}"/><path d="M0 0 V${-size * 0.9}" stroke="${darker(colour, 0.25)}" stroke-width="3" opacity=".6"/></g>`;
}

function stripes(
  x: number,
  y: number,
  width: number,
  count: number,
  step: number,
  colour: string,
  height = 14,
): string {
  return Array.from(
    { length: count },
    (_, at) => `<rect x="${x}" y="${y + at * step}" width="${width}" height="${height}" fill="${colour}"/>`,
  ).join('');
}

/** Things a house shop sells. Each draws itself in the colours of a palette. */
export const THINGS = {
  mug: ({ main, second }) =>
    `${shadow(250)}<path d="M768 600 c150 -30 170 210 -8 215" fill="none" stroke="${main}" stroke-width="44"/><path d="M768 600 c150 -30 170 210 -8 215" fill="none" stroke="#000" stroke-opacity=".12" stroke-width="44"/>
${turned(main, 'M780 520 L764 870 Q750 935 600 938', 'Q450 935 436 870 L420 520')}
<path d="M427 690 Q600 730 773 690 L764 870 Q750 935 600 938 Q450 935 436 870Z" fill="${second}"/><path d="M427 690 Q600 730 773 690 L764 870 Q750 935 600 938 Q450 935 436 870Z" fill="url(#round)"/>
${mouth(520, 180, second, '#5a3a26')}`,
  bowl: ({ main, second }) =>
    `${shadow(300)}${turned(main, 'M900 640 Q880 900 690 915 L690 940', 'L510 940 L510 915 Q320 900 300 640')}
${mouth(640, 300, main, second)}<ellipse cx="600" cy="655" rx="230" ry="34" fill="#000" opacity=".07"/>`,
  plate: ({ main, second, accent }) =>
    `<ellipse cx="615" cy="905" rx="370" ry="60" fill="#000" opacity=".25" filter="url(#soft)"/><circle cx="600" cy="560" r="350" fill="${second}"/><circle cx="600" cy="560" r="350" fill="url(#ball)"/><circle cx="600" cy="560" r="318" fill="none" stroke="${main}" stroke-width="20"/><circle cx="600" cy="560" r="228" fill="none" stroke="#000" stroke-opacity=".08" stroke-width="10"/>
${Array.from({ length: 12 }, (_, at) => `<g transform="rotate(${at * 30} 600 560)">${leaf(600, 305, 0, 46, accent)}</g>`).join('')}
<path d="M350 930 L400 830 M850 930 L800 830" stroke="${darker(second, 0.4)}" stroke-width="16" stroke-linecap="round"/><rect x="330" y="915" width="540" height="22" rx="11" fill="${darker(second, 0.45)}"/>`,
  vase: ({ main, accent, second }) =>
    `${shadow(190)}<g stroke="${accent}" stroke-width="9" fill="none"><path d="M590 500 Q560 330 470 210"/><path d="M600 500 Q610 300 640 150"/><path d="M612 500 Q690 350 760 270"/></g>
${leaf(520, 290, -50, 110, accent)}${leaf(560, 390, 55, 100, accent)}${leaf(615, 290, -60, 95, accent)}${leaf(690, 350, 80, 105, accent)}
${[
  [470, 205],
  [640, 140],
  [765, 262],
]
  .map(
    ([x, y]) =>
      `<g fill="${second}">${[0, 72, 144, 216, 288].map((turn) => `<ellipse cx="${x}" cy="${y! - 34}" rx="24" ry="38" transform="rotate(${turn} ${x} ${y})"/>`).join('')}</g><circle cx="${x}" cy="${y}" r="19" fill="#d9a441"/>`,
  )
  .join('')}
${turned(main, 'M650 490 Q640 560 700 620 Q800 720 770 840 Q745 935 600 938', 'Q455 935 430 840 Q400 720 500 620 Q560 560 550 490')}${mouth(490, 52, main)}`,
  bottle: ({ main, second, ink }) =>
    `${shadow(150)}${turned(main, 'M632 250 L632 410 Q636 470 690 520 Q720 550 720 610 L720 905 Q718 936 600 938', 'Q482 936 480 905 L480 610 Q480 550 510 520 Q564 470 568 410 L568 250')}
<rect x="560" y="200" width="80" height="90" rx="8" fill="${ink}"/>${label(490, 630, 220, 200, second, ink)}`,
  jar: ({ main, second, accent, ink }) =>
    `${shadow(210)}${turned(lighter(main, 0.12), 'M770 510 Q800 540 800 600 L800 890 Q796 936 600 938', 'Q404 936 400 890 L400 600 Q400 540 430 510')}
<path d="M418 470 Q600 440 782 470 L782 520 Q600 545 418 520Z" fill="${accent}"/><path d="M405 430 Q600 350 795 430 Q770 480 600 484 Q430 480 405 430Z" fill="${accent}"/>${stripes(440, 440, 320, 1, 20, lighter(accent, 0.3), 6)}${label(450, 600, 300, 240, second, ink)}`,
  candle: ({ main, second, ink }) =>
    `${shadow(180)}<circle cx="600" cy="430" r="150" fill="#ffd98a" opacity=".35" filter="url(#soft)"/><path d="M600 372 q36 52 0 92 q-36 -40 0 -92Z" fill="#f6a623"/><path d="M600 408 q16 28 0 50 q-16 -22 0 -50Z" fill="#fff3c4"/><rect x="596" y="455" width="8" height="52" fill="${ink}"/>
${turned(main, 'M750 520 L750 905 Q745 937 600 938', 'Q455 937 450 905 L450 520')}${mouth(520, 150, main, second)}${label(490, 630, 220, 200, second, ink)}`,
  book: ({ main, second, accent, ink }) =>
    `${shadow(280)}<path d="M390 300 L840 260 L850 890 L400 935Z" fill="${darker(main, 0.3)}"/><path d="M372 305 L390 300 L400 935 L380 925Z" fill="${second}"/><path d="M840 262 L858 275 L866 880 L850 890Z" fill="${second}"/><path d="M395 302 L840 262 L849 888 L404 930Z" fill="${main}"/><path d="M395 302 L440 298 L449 926 L404 930Z" fill="#000" opacity=".14"/>
<g transform="rotate(-5 640 560)"><rect x="510" y="380" width="270" height="10" fill="${second}"/><circle cx="645" cy="560" r="105" fill="${accent}"/><path d="M545 600 Q600 500 645 570 T745 545" fill="none" stroke="${second}" stroke-width="12"/><rect x="540" y="740" width="210" height="16" fill="${second}"/><rect x="575" y="776" width="140" height="9" fill="${second}" opacity=".75"/></g><rect x="600" y="930" width="6" height="30" fill="${ink}" opacity="0"/>`,
  notebook: ({ main, second, accent }) =>
    `${shadow(250)}<rect x="400" y="310" width="420" height="620" rx="20" fill="${darker(second, 0.12)}"/><rect x="388" y="302" width="420" height="620" rx="20" fill="${main}"/><rect x="388" y="302" width="70" height="620" rx="20" fill="#000" opacity=".16"/><rect x="732" y="302" width="16" height="620" fill="${accent}"/><rect x="510" y="420" width="180" height="110" rx="6" fill="${second}"/><rect x="540" y="455" width="120" height="9" fill="${main}"/><rect x="540" y="482" width="80" height="7" fill="${main}" opacity=".7"/>`,
  towel: ({ main, second, accent }) =>
    `${shadow(320)}${[0, 1, 2].map((at) => `<g transform="translate(0 ${-at * 128})"><path d="M320 830 Q300 830 300 860 L300 905 Q300 936 330 936 L880 936 Q905 936 905 905 L905 860 Q905 830 880 830Z" fill="${[main, second, accent][at]}"/><path d="M320 830 Q300 830 300 860 L300 905 Q300 936 330 936 L880 936 Q905 936 905 905 L905 860 Q905 830 880 830Z" fill="url(#round)"/><path d="M300 884 H905" stroke="#000" stroke-opacity=".16" stroke-width="5"/><rect x="770" y="830" width="16" height="106" fill="${[second, main, second][at]}" opacity=".8"/><rect x="800" y="830" width="8" height="106" fill="${[second, main, second][at]}" opacity=".8"/></g>`).join('')}`,
  cushion: ({ main, second, accent }) =>
    `${shadow(330)}<path d="M300 420 Q600 380 900 420 Q945 660 900 915 Q600 955 300 915 Q255 660 300 420Z" fill="${main}"/>${[0, 1, 2, 3, 4].map((at) => `<path d="M${345 + at * 115} 408 Q${335 + at * 118} 660 ${345 + at * 115} 928" stroke="${at % 2 ? accent : second}" stroke-width="${at % 2 ? 14 : 26}" fill="none" opacity=".85"/>`).join('')}<path d="M300 420 Q600 380 900 420 Q945 660 900 915 Q600 955 300 915 Q255 660 300 420Z" fill="url(#ball)"/>`,
  plant: ({ main, accent }) =>
    `${shadow(210)}${[
      [-62, 300],
      [-38, 370],
      [-14, 420],
      [12, 430],
      [36, 380],
      [62, 310],
      [-84, 210],
      [84, 215],
    ]
      .map(([turn, size]) => leaf(600, 660, turn!, size!, turn! % 4 ? lighter(accent, 0.1) : accent))
      .join('')}
${turned(main, 'M790 640 L750 900 Q742 937 600 938', 'Q458 937 450 900 L410 640')}<path d="M395 600 Q600 570 805 600 L800 660 Q600 690 400 660Z" fill="${lighter(main, 0.1)}"/><path d="M395 600 Q600 570 805 600 L800 660 Q600 690 400 660Z" fill="url(#round)"/>`,
  basket: ({ main, second, accent }) =>
    `${shadow(310)}<path d="M380 620 Q600 240 820 620" fill="none" stroke="${darker(main, 0.2)}" stroke-width="34"/>${turned(main, 'M880 610 L820 900 Q810 937 600 938', 'Q390 937 380 900 L320 610')}${Array.from({ length: 6 }, (_, row) => Array.from({ length: 9 }, (_, at) => `<rect x="${350 + row * 8 + at * (56 - row * 1.6)}" y="${650 + row * 46}" width="34" height="20" rx="9" fill="${(row + at) % 2 ? darker(main, 0.22) : lighter(main, 0.22)}"/>`).join('')).join('')}<ellipse cx="600" cy="612" rx="282" ry="44" fill="${darker(main, 0.3)}"/><path d="M345 605 Q450 520 600 570 T850 600 Q760 660 600 652 T345 605Z" fill="${second}"/><path d="M520 575 q60 -60 130 5" stroke="${accent}" stroke-width="12" fill="none"/>`,
  tin: ({ main, second, ink, accent }) =>
    `${shadow(210)}${turned(main, 'M790 520 L790 900 Q785 937 600 938', 'Q415 937 410 900 L410 520')}<path d="M400 430 Q600 380 800 430 L800 530 Q600 575 400 530Z" fill="${accent}"/><path d="M400 430 Q600 380 800 430 L800 530 Q600 575 400 530Z" fill="url(#round)"/><ellipse cx="600" cy="430" rx="200" ry="36" fill="${lighter(accent, 0.2)}"/>${label(450, 610, 300, 250, second, ink)}`,
  chocolate: ({ main, second, accent }) =>
    `${shadow(280)}<g transform="rotate(-7 600 620)"><rect x="420" y="250" width="360" height="300" rx="8" fill="#5a3422"/>${Array.from({ length: 6 }, (_, at) => `<rect x="${434 + (at % 3) * 113}" y="${264 + Math.floor(at / 3) * 100}" width="104" height="90" rx="8" fill="#6f4530"/>`).join('')}<path d="M405 470 l25 -26 25 26 25 -26 25 26 25 -26 25 26 25 -26 25 26 25 -26 25 26 25 -26 25 26 25 -26 25 26 25 -26 20 26 V930 H405Z" fill="#d8d4cb"/><rect x="398" y="540" width="404" height="390" rx="6" fill="${main}"/><rect x="398" y="600" width="404" height="16" fill="${accent}"/><rect x="470" y="680" width="260" height="24" rx="6" fill="${second}"/><rect x="510" y="726" width="180" height="12" rx="6" fill="${second}" opacity=".7"/><circle cx="600" cy="830" r="46" fill="${accent}"/></g>`,
  board: ({ main, second, accent }) =>
    `${shadow(330)}<g transform="rotate(4 600 600)"><path d="M540 150 Q600 110 660 150 L670 330 Q880 340 880 420 L880 880 Q880 930 830 930 L370 930 Q320 930 320 880 L320 420 Q320 340 530 330Z" fill="#b98a5a"/><path d="M540 150 Q600 110 660 150 L670 330 Q880 340 880 420 L880 880 Q880 930 830 930 L370 930 Q320 930 320 880 L320 420 Q320 340 530 330Z" fill="url(#round)"/>${[430, 520, 610, 700, 790, 860].map((y, at) => `<path d="M330 ${y} Q${450 + at * 30} ${y - 26} 600 ${y} T870 ${y - 6}" stroke="#8f6437" stroke-opacity=".4" stroke-width="5" fill="none"/>`).join('')}<circle cx="600" cy="205" r="26" fill="${second}"/><path d="M600 205 q-90 -110 10 -150" stroke="${accent}" stroke-width="10" fill="none"/></g><circle cx="470" cy="905" r="0" fill="${main}"/>`,
  bag: ({ main, second, accent }) =>
    `${shadow(270)}<path d="M470 470 C470 180 730 180 730 470" fill="none" stroke="${darker(main, 0.2)}" stroke-width="30"/><path d="M370 430 H830 L870 935 H330Z" fill="${main}"/><path d="M370 430 H830 L870 935 H330Z" fill="url(#round)"/><circle cx="600" cy="680" r="118" fill="${second}"/>${leaf(600, 770, -24, 150, accent)}${leaf(600, 770, 24, 150, lighter(accent, 0.15))}`,
  soap: ({ main, second, accent }) =>
    `${shadow(330)}${[0, 1].map((at) => `<g transform="translate(${at * 40} ${-at * 170})"><path d="M330 780 L760 740 Q880 740 880 790 L870 900 Q860 936 800 936 L400 936 Q330 930 325 880Z" fill="${at ? second : main}"/><path d="M330 780 L760 740 Q880 740 880 790 L870 900 Q860 936 800 936 L400 936 Q330 930 325 880Z" fill="url(#round)"/><path d="M420 772 L700 746 L710 936 L430 936Z" fill="${at ? main : accent}" opacity=".85"/><rect x="500" y="830" width="130" height="14" rx="7" fill="${second}"/></g>`).join('')}`,
  print: ({ main, second, accent, ink }) =>
    `${shadow(300)}<rect x="310" y="170" width="580" height="765" fill="${ink}"/><rect x="336" y="196" width="528" height="713" fill="${second}"/><rect x="396" y="256" width="408" height="593" fill="${lighter(main, 0.55)}"/><circle cx="690" cy="390" r="68" fill="${accent}"/><path d="M396 640 L520 470 L610 590 L680 500 L804 660 V849 H396Z" fill="${main}"/><path d="M396 720 Q520 640 620 720 T804 720 V849 H396Z" fill="${darker(main, 0.28)}"/><path d="M310 170 h580 l-26 26 h-528Z" fill="#fff" opacity=".12"/>`,
  scarf: ({ main, second, accent }) =>
    `${shadow(290)}<path d="M330 340 Q600 240 870 340 L905 470 Q600 380 295 470Z" fill="${main}"/><path d="M420 420 L570 400 L560 900 L400 915Z" fill="${main}"/><path d="M630 400 L780 425 L810 880 L660 905Z" fill="${darker(main, 0.12)}"/>${[480, 590, 700, 810].map((y) => `<path d="M${416 - (y - 480) * 0.04} ${y} L${566 - (y - 480) * 0.02} ${y - 14}" stroke="${second}" stroke-width="26"/><path d="M${640 + (y - 480) * 0.05} ${y - 14} L${786 + (y - 480) * 0.06} ${y - 4}" stroke="${accent}" stroke-width="26"/>`).join('')}${Array.from({ length: 8 }, (_, at) => `<path d="M${410 + at * 21} ${905 - at * 2} v46 M${668 + at * 20} ${900 - at * 3} v46" stroke="${main}" stroke-width="8"/>`).join('')}`,
  lamp: ({ main, second, accent }) =>
    `${shadow(190)}<circle cx="600" cy="420" r="330" fill="#ffe7b0" opacity=".35" filter="url(#soft)"/><rect x="588" y="520" width="24" height="380" fill="${accent}"/><path d="M470 938 Q480 890 600 890 T730 938Z" fill="${accent}"/><path d="M470 938 Q480 890 600 890 T730 938Z" fill="url(#round)"/>${turned(main, 'M690 260 L830 560', 'L370 560 L510 260')}<ellipse cx="600" cy="560" rx="230" ry="34" fill="${second}"/><ellipse cx="600" cy="260" rx="90" ry="15" fill="${darker(main, 0.2)}"/>`,
  glasses: ({ main, second }) =>
    `${shadow(300)}${[-150, 150].map((dx) => `<g transform="translate(${dx} 0)"><path d="M470 360 Q470 640 600 650 Q730 640 730 360Z" fill="${second}" opacity=".55"/><path d="M484 470 Q500 628 600 634 Q700 628 716 470Z" fill="${main}" opacity=".9"/><ellipse cx="600" cy="470" rx="116" ry="17" fill="${lighter(main, 0.25)}"/><path d="M470 360 Q470 640 600 650 Q730 640 730 360" fill="none" stroke="#fff" stroke-width="6" opacity=".8"/><rect x="592" y="648" width="16" height="240" fill="#fff" opacity=".65"/><ellipse cx="600" cy="905" rx="115" ry="26" fill="#fff" opacity=".7"/></g>`).join('')}`,
  cheese: ({ main, second, accent }) =>
    `${shadow(320)}<path d="M290 760 L860 560 Q905 640 905 740 L905 905 L290 935Z" fill="#e9c46a"/><path d="M290 760 L860 560 Q905 640 905 740 L290 800Z" fill="#f4dc9a"/>${[
      [470, 850, 34],
      [640, 800, 46],
      [780, 860, 30],
      [560, 900, 20],
      [820, 770, 22],
    ]
      .map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="#d3a945"/>`)
      .join(
        '',
      )}<g transform="rotate(-6 420 860)"><rect x="330" y="830" width="210" height="86" rx="8" fill="${second}"/><rect x="360" y="852" width="150" height="12" fill="${main}"/><rect x="385" y="880" width="100" height="8" fill="${accent}"/></g>`,
  bouquet: ({ main, second, accent }) =>
    `${shadow(230)}<path d="M600 930 L470 560 M600 930 L540 500 M600 930 L600 470 M600 930 L665 500 M600 930 L730 560" stroke="${accent}" stroke-width="12"/>${[
      [450, 480],
      [540, 380],
      [640, 350],
      [740, 440],
      [590, 500],
      [490, 590],
      [710, 570],
      [390, 590],
      [800, 560],
    ]
      .map(
        ([x, y], at) =>
          `<g>${[0, 60, 120, 180, 240, 300].map((turn) => `<ellipse cx="${x}" cy="${y! - 44}" rx="34" ry="50" fill="${at % 3 === 0 ? main : at % 3 === 1 ? second : lighter(main, 0.4)}" transform="rotate(${turn + at * 13} ${x} ${y})"/>`).join('')}<circle cx="${x}" cy="${y}" r="26" fill="#d9a441"/></g>`,
      )
      .join('')}${[
      [330, 650, -70],
      [870, 640, 70],
      [430, 400, -35],
      [770, 370, 30],
    ]
      .map(([x, y, turn]) => leaf(x!, y!, turn!, 130, accent))
      .join(
        '',
      )}<path d="M400 690 L800 690 L680 935 L520 935Z" fill="${lighter(accent, 0.75)}"/><path d="M400 690 L600 935 L520 935Z" fill="#000" opacity=".06"/><rect x="505" y="800" width="190" height="26" fill="${main}"/>`,
} satisfies Record<string, Draw>;

export type ThingName = keyof typeof THINGS;
