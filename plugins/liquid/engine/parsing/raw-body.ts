type Found = { end: number; after: number; trimsBefore: boolean; trimsAfter: boolean };

const TAG = /\{%(-?)\s*(\w*)[^%{]{0,200}?(-?)%\}/y;

/**
 * Where a body ends that is not read. Comments may stand in comments, and in a comment `raw` hides an end.
 */
export function rawBody(input: { source: string; name: string; from: number }): Found | undefined {
  const { source, name, from } = input;
  const isComment = name === 'comment';
  let depth = 1;
  let isHidden = false;
  for (let at = source.indexOf('{%', from); at !== -1; at = source.indexOf('{%', at + 2)) {
    TAG.lastIndex = at;
    const [whole, before, tag, after] = TAG.exec(source) ?? [];
    if (whole === undefined) continue;
    if (isComment && tag === 'raw') isHidden = true;
    else if (isComment && tag === 'endraw') isHidden = false;
    else if (isComment && tag === 'comment' && !isHidden) depth += 1;
    else if (tag === `end${name}` && !isHidden) depth -= 1;
    if (depth === 0)
      return { end: at, after: at + whole.length, trimsBefore: before === '-', trimsAfter: after === '-' };
  }
  return undefined;
}
