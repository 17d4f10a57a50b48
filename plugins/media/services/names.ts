/** A file's name as people read it, with the ending of what it is. @example nameWith('../Shoe.JPEG', '.jpg') // Shoe.jpg */
export function nameWith(name: string, ending: string): string {
  const plain = name
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const stem = plain
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .slice(0, 150)
    .trim();
  return `${stem || 'file'}${ending}`;
}

/** A folder in one spelling; `''` is where files without one are. @example folderOf('/Shoes//Red/') // Shoes/Red */
export function folderOf(folder: string): string {
  const parts = folder.replace(/[\p{Cc}\\]+/gu, ' ').split('/');
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
    .slice(0, 200);
}
