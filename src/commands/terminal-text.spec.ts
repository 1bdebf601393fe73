import { describe, expect, it } from '@jest/globals';
import { quoted, terminalText } from './terminal-text.js';

const UNSAFE = ['\u001b[2J', '\u009b2J', '\u202enil', '\u2066', '\u2028', '\u007f', '\u{e0041}'];

describe('Text of others in a terminal', () => {
  it.each(UNSAFE)('has no character that moves, turns or hides: %j', (text) => {
    expect(terminalText(`lin${text}`)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(quoted(`lin${text}`)).toMatch(/^"[\x20-\x7e]*"$/);
    expect(JSON.parse(quoted(`lin${text}`))).toBe(`lin${text}`);
  });

  it('stays as it is, in any script', () => {
    for (const name of ['lin', 'gr\u00f6\u00dfe', '\u674e']) {
      expect([terminalText(name), quoted(name)]).toEqual([name, `"${name}"`]);
    }
  });
});
