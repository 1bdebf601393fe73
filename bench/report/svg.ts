/** An attribute's value or a text: escaped (XML 1.0, section 2.4), without characters that XML does not have. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An element of SVG with attributes and content; numbers are written with two decimals at most. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...content: string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    const text = typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
    return ` ${key}="${escaped(text)}"`;
  });
  return content.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${content.join('')}</${name}>`;
}

/** A line of text at a place. */
export function label(x: number, y: number, text: string, attributes: Readonly<Record<string, string>> = {}): string {
  return element('text', { x, y, ...attributes }, escaped(text));
}

/** A whole document with a title for readers who do not see it, readable on light and dark pages. */
export function picture(size: { width: number; height: number }, title: string, ...content: string[]): string {
  const { width, height } = size;
  const head = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' };
  const font = { 'font-family': 'sans-serif', 'font-size': '12', fill: '#333' };
  const page = element('rect', { width, height, fill: '#fff' });
  return `${element('svg', { ...head, ...font }, element('title', {}, escaped(title)), page, ...content)}\n`;
}
