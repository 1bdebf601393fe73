import { describe, expect, it } from '@jest/globals';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { AnswerTooLong, decoded } from './content-encoding.js';

const LONGEST = 100;
const text = async (body: Buffer, codings: string) => (await decoded(body, codings, LONGEST)).toString();
const plain = Buffer.from('hello');

describe(decoded, () => {
  it.each([
    ['no coding', plain, ''],
    ['identity', plain, 'identity'],
    ['gzip', gzipSync(plain), 'gzip'],
    ['gzip by its old name, in capitals', gzipSync(plain), 'X-GZIP'],
    ['deflate', deflateSync(plain), 'deflate'],
    ['deflate without its frame', deflateRawSync(plain), 'deflate'],
    ['brotli', brotliCompressSync(plain), 'br'],
    ['two, of which the last is undone first', brotliCompressSync(gzipSync(plain)), 'gzip, br'],
    ['gzip without its end', gzipSync(plain).subarray(0, -8), 'gzip'],
    ['gzip in two parts', Buffer.concat([gzipSync('hel'), gzipSync('lo')]), 'gzip'],
    ['gzip before zeros', Buffer.concat([gzipSync(plain), Buffer.alloc(4)]), 'gzip'],
    ['nothing where the coding is unknown', plain, 'utf-8'],
    ['nothing where a coding has a name of JavaScript', plain, '__proto__'],
  ])('undoes %s', async (_about, body, codings) => {
    expect(await text(body, codings)).toBe('hello');
  });

  it('leaves an empty body, whatever its coding', async () => {
    expect(await text(Buffer.alloc(0), 'gzip')).toBe('');
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(LONGEST + 1))],
    ['br', brotliCompressSync(Buffer.alloc(LONGEST + 1))],
    ['deflate', deflateRawSync(Buffer.alloc(LONGEST + 1))],
  ])('stops where %s unpacks to too much', async (coding, body) => {
    await expect(decoded(body, coding, LONGEST)).rejects.toThrow(AnswerTooLong);
    await expect(decoded(body, coding, LONGEST + 1)).resolves.toHaveLength(LONGEST + 1);
  });

  it.each([
    ['more than three codings', plain, 'identity, identity, identity, identity'],
    ['a body that is not what its coding says', plain, 'gzip'],
    ['a deflate that is none', plain, 'deflate'],
  ])('refuses %s', async (_about, body, codings) => {
    await expect(decoded(body, codings, LONGEST)).rejects.toThrow();
  });
});
