/** Plain drawings of our own for what a shop has no picture of yet, by the names that themes use. */
export function drawing(name: string, className: string): string {
  const kind = Object.keys(SHAPES).find((one) => name.includes(one)) ?? 'image';
  const number = Number(/(\d)$/.exec(name)?.[1] ?? 1);
  const hue = (number * 47) % 360;
  return `<svg class="${className}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 525 525" preserveAspectRatio="xMidYMid slice" aria-hidden="true" fill="none" stroke="hsl(${hue} 18% 45%)" stroke-width="6"><rect width="525" height="525" fill="hsl(${hue} 22% 90%)" stroke="none"/>${SHAPES[kind]}</svg>`;
}

const SHAPES: Readonly<Record<string, string>> = {
  apparel: '<path d="M190 150l45-20q27 25 55 0l45 20 55 60-45 40-20-20v165H200V230l-20 20-45-40z"/>',
  product: '<path d="M170 205h185v150q0 45-45 45h-95q-45 0-45-45zM355 235h25q35 0 35 42t-35 42h-25"/>',
  collection:
    '<rect x="110" y="150" width="140" height="180" rx="6"/><rect x="280" y="150" width="140" height="180" rx="6"/><path d="M90 360h350"/>',
  lifestyle: '<circle cx="385" cy="140" r="40"/><path d="M60 400l120-150 90 100 70-80 125 130z"/>',
  hero: '<path d="M40 410l150-190 110 130 80-90 105 150z"/><circle cx="150" cy="140" r="45"/>',
  blog: '<path d="M140 120h190l60 60v230H140zM190 230h150M190 280h150M190 330h90"/>',
  page: '<path d="M140 120h190l60 60v230H140zM330 120v60h60"/>',
  image:
    '<rect x="105" y="145" width="315" height="235" rx="10"/><circle cx="190" cy="220" r="28"/><path d="M105 350l95-75 65 50 75-80 80 85"/>',
};
