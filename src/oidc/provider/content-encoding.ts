import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';

/** The content codings that {@link decoded} knows, for `Accept-Encoding` (RFC 9110, section 12.5.3). */
export const ACCEPTED_ENCODINGS = 'gzip, br, deflate';

/** Nobody compresses more often; each time costs a buffer. */
const MOST_CODINGS = 3;

/** What was decoded is longer than it may be. */
export class AnswerTooLong extends Error {
  constructor() {
    super('A decoded body is too long.');
  }
}

type Decoder = (body: Buffer, longest: number) => Promise<Buffer>;

// An end that is missing is forgiven, as browsers do.
const FORGIVING = { finishFlush: constants.Z_SYNC_FLUSH } as const;
const unzipped: Decoder = (body, maxOutputLength) => promisify(gunzip)(body, { maxOutputLength, ...FORGIVING });
const brotliDecoded: Decoder = (body, maxOutputLength) =>
  promisify(brotliDecompress)(body, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH });

// RFC 9110, section 8.4.1.2: some servers leave out the frame (RFC 1950), whose first byte names the method 8.
const inflated: Decoder = (body, maxOutputLength) => {
  const isFramed = ((body[0] ?? 0) & 0x0f) === 8;
  return promisify(isFramed ? inflate : inflateRaw)(body, { maxOutputLength, ...FORGIVING });
};

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', unzipped],
  ['x-gzip', unzipped],
  ['deflate', inflated],
  ['br', brotliDecoded],
  ['identity', (body) => Promise.resolve(body)],
]);

/**
 * A body without its content codings (RFC 9110, section 8.4). An empty body has none. If one is unknown, the body is left as it
 * is, as browsers do: servers that call a plain text `utf-8` here are common.
 *
 * @param codings the value of `Content-Encoding`, in the order in which they were applied
 * @param longest the most bytes that it may have, after each coding
 * @throws {AnswerTooLong} if it has more
 * @throws {Error} if there are more than three codings, or the body is not what its coding says
 */
export async function decoded(body: Buffer, codings: string, longest: number): Promise<Buffer> {
  const names = codings.split(',').map((name) => name.trim().toLowerCase());
  if (names.length > MOST_CODINGS) throw new Error('The body was encoded too often.');
  const applied = names.filter((name) => name !== '');
  const decoders = applied.flatMap((name) => DECODERS.get(name) ?? []);
  if (decoders.length < applied.length) return body;
  let plain = body;
  for (const decode of decoders.reverse()) plain = await decodedOnce(plain, decode, longest);
  return plain;
}

async function decodedOnce(body: Buffer, decode: Decoder, longest: number): Promise<Buffer> {
  try {
    return body.length === 0 ? body : await decode(body, longest);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new AnswerTooLong() : error;
  }
}
