import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvRecords } from './csv-records.js';
import { identityMapOf, LONGEST_MAP, NotAMap } from './identity-map.js';

const HEADER = 'old_issuer,old_subject,new_issuer,new_subject';
const [OLD, NEW] = ['https://old.example.com', 'https://new.example.com'];
const read = (text: string) => identityMapOf(Buffer.from(text));
const moved = (line: number, from: string, to: string) => ({
  line,
  from: { issuer: OLD, subject: from },
  to: { issuer: NEW, subject: to },
});

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const needsQuotes = (text: string) => /[",\r\n]/.test(text);

describe(csvRecords, () => {
  it('reads back whatever was written, quoted or not, with either line end', () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab ",\r\n\'é;'), maxLength: 8 });
    const record = fc.array(fc.tuple(field, fc.boolean()), { minLength: 2, maxLength: 5 });
    const written = fc.record({ records: fc.array(record), end: fc.constantFrom('\n', '\r\n'), ends: fc.boolean() });
    fc.assert(
      fc.property(written, ({ records, end, ends }) => {
        const lines = records.map((fields) =>
          fields.map(([text, isQuoted]) => (isQuoted || needsQuotes(text) ? quoted(text) : text)).join(','),
        );
        const text = lines.join(end) + (ends ? end : '');
        const found = [...csvRecords(text)];
        expect(found.map(({ fields }) => fields)).toEqual(records.map((fields) => fields.map(([value]) => value)));
        expect(found.filter(({ problem }) => problem !== undefined)).toEqual([]);
      }),
    );
  });

  it('reads any text to its end, and each record from the line where it begins', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a",\r\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, (any) => {
        const lines = [...csvRecords(any)].map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((one, other) => one - other));
        expect(Math.max(0, ...lines)).toBeLessThanOrEqual(any.split('\n').length);
      }),
    );
  });
});

describe(identityMapOf, () => {
  it.each([
    ['LF', `${HEADER}\n${OLD},a,${NEW},b\n`],
    ['CRLF', `${HEADER}\r\n${OLD},a,${NEW},b\r\n`],
    ['no line end', `${HEADER}\n${OLD},a,${NEW},b`],
    ['a byte-order mark', `\ufeff${HEADER}\n${OLD},a,${NEW},b\n`],
    ['quotation marks', `${HEADER}\n"${OLD}","a","${NEW}","b"\n`],
    ['empty lines at the end', `${HEADER}\n${OLD},a,${NEW},b\n\n\n`],
    ['other columns first', `new_subject,old_subject,new_issuer,old_issuer\nb,a,${NEW},${OLD}\n`],
  ])('reads a map with %s', (_what, text) => {
    expect(read(text)).toEqual({ moves: [moved(2, 'a', 'b')], problems: [] });
  });

  it('keeps blanks, commas, quotation marks and case of subjects', () => {
    const text = `${HEADER}\n${OLD}," a,""A ",${NEW},B b\n`;
    expect(read(text).moves).toEqual([moved(2, ' a,"A ', 'B b')]);
  });

  it('names each line that is not valid, and the rule', () => {
    const lines = [
      `${OLD},a,${NEW}`,
      `${OLD},a,http://new.example.com,b`,
      `${OLD},a,not a url,b`,
      `${OLD},a,https://user@new.example.com,b`,
      `${OLD},a,${NEW},`,
      `${OLD},a,${NEW},\u00e9`,
      `${OLD},a,${NEW},${'x'.repeat(256)}`,
      `,a,${NEW},b`,
      `${OLD},"a\nb",${NEW},"b\n"`,
      `${OLD},a"b,${NEW},b`,
      `${OLD},"a"b,${NEW},b`,
      `${OLD},a,${NEW},"b`,
    ];
    const { moves, problems } = read(`${HEADER}\n${lines.join('\n')}`);
    expect(moves).toEqual([]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15]);
    expect(problems.map(({ problem }) => problem.split(' ')[0])).toEqual([
      ...['has', 'new_issuer', 'new_issuer', 'new_issuer', 'new_subject', 'new_subject', 'new_subject'],
      ...['old_issuer', 'new_subject', 'has', 'has', 'has'],
    ]);
  });

  it.each([
    ['nothing in it', ''],
    ['a header only', HEADER],
    ['another header', `issuer,subject,new_issuer,new_subject\n${OLD},a,${NEW},b`],
    ['a column twice', `old_issuer,old_issuer,new_issuer,new_subject\n${OLD},a,${NEW},b`],
    ['too many people', `${HEADER}\n${`${OLD},a,${NEW},b\n`.repeat(20_001)}`],
    ['too many bytes', `${HEADER}\n${'x'.repeat(LONGEST_MAP)}`],
  ])('refuses a file with %s', (_what, text) => {
    expect(() => read(text)).toThrow(NotAMap);
  });

  it('refuses a file that is not in UTF-8', () => {
    expect(() => identityMapOf(Buffer.from(`${HEADER}\n${OLD},\u00e9,${NEW},b`, 'latin1'))).toThrow(NotAMap);
  });
});
