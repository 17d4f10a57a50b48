import sanitizeHtml from 'sanitize-html';

const ELEMENTS =
  'svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker image filter feBlend feColorMatrix feComposite feFlood feGaussianBlur feMerge feMergeNode feOffset feDropShadow switch a';
const ATTRIBUTES =
  'xmlns xmlns:xlink version id class style x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio transform opacity fill fill-* stroke stroke-* color stop-* clip-* mask mask-* marker marker-* font-* text-* letter-spacing word-spacing dominant-baseline alignment-baseline baseline-shift visibility display overflow offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient filter filterUnits primitiveUnits in in2 result stdDeviation mode operator k1 k2 k3 k4 values type flood-* paint-order shape-rendering text-rendering image-rendering color-interpolation-filters vector-effect pathLength startOffset role aria-* xml:space href xlink:href';

// The library lets what stands in `style` through as it is; under another name it is text like any other.
const STYLE = 'drawing-style';
// A reference leads to a part of the same drawing; a picture inside is data.
const PART = /^#[\w:.-]+$/;
const PICTURE = /^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]+$/;
/** What reaches out of a drawing: anything but `url(#part)`, imports, and escapes that could hide them. */
const REACHES_OUT = /url\(\s*(?!['"]?#)|@import|\\|expression\s*\(|javascript:/i;

/**
 * Keeps the drawing of an SVG and nothing that runs or reaches out: no script, no event, no foreign markup, no address.
 *
 * @returns undefined when no drawing is left
 */
export function sanitiseSvg(text: string): string | undefined {
  const clean = sanitizeHtml(text.replace(/<(\/?)style\b/gi, `<$1${STYLE}`), {
    allowedTags: [...ELEMENTS.split(' '), STYLE],
    allowedAttributes: { '*': ATTRIBUTES.split(' ') },
    // Addresses are judged below, more strictly.
    allowedSchemes: ['data'],
    allowedSchemesAppliedToAttributes: [],
    parseStyleAttributes: false,
    disallowedTagsMode: 'discard',
    nonTextTags: ['script', 'foreignObject', 'iframe', 'object', 'embed', 'handler', 'animate', 'set'],
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false, decodeEntities: true },
    selfClosing: [],
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: harmless(tagName, attribs) }) },
    textFilter: (content, tag) => (tag === STYLE && REACHES_OUT.test(content) ? '' : content),
  }).trim();
  const svg = clean.replaceAll(`<${STYLE}`, '<style').replaceAll(`</${STYLE}`, '</style');
  return /^<svg[\s>]/.test(svg) ? withNamespace(svg) : undefined;
}

function harmless(tag: string, attribs: Record<string, string>): Record<string, string> {
  const kept = Object.entries(attribs).filter(([name, value]) => {
    if (/^on/i.test(name)) return false;
    if (/(^|:)href$/i.test(name)) return PART.test(value) || (tag === 'image' && PICTURE.test(value));
    if (/^xmlns/.test(name)) return /^http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink)$/.test(value);
    return !REACHES_OUT.test(value);
  });
  return Object.fromEntries(kept);
}

/** Without it browsers show the text of the drawing. */
function withNamespace(svg: string): string {
  const head = svg.slice(0, svg.indexOf('>'));
  const missing = [
    ...(/\sxmlns=/.test(head) ? [] : ['xmlns="http://www.w3.org/2000/svg"']),
    ...(/xlink:/.test(svg) && !/\sxmlns:xlink=/.test(head)
      ? ['xmlns:xlink="http://www.w3.org/1999/xlink"']
      : []),
  ];
  return missing.length > 0 ? svg.replace('<svg', `<svg ${missing.join(' ')}`) : svg;
}
