import { promisify } from 'node:util';
import { brotliDecompress, constants, unzip } from 'node:zlib';

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
const unzipped: Decoder = (body, maxOutputLength) =>
  promisify(unzip)(body, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
const brotliDecoded: Decoder = (body, maxOutputLength) =>
  promisify(brotliDecompress)(body, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH });

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', unzipped],
  ['x-gzip', unzipped],
  ['deflate', unzipped],
  ['br', brotliDecoded],
  ['identity', (body) => Promise.resolve(body)],
]);

/**
 * A body without its content codings (RFC 9110, section 8.4). An empty body has none.
 *
 * @param codings the value of `Content-Encoding`, in the order in which they were applied
 * @param longest the most bytes that it may have, after each coding
 * @throws {AnswerTooLong} if it has more
 * @throws {Error} if a coding is unknown, there are more than three, or the body is not what its coding says
 */
export async function decoded(body: Buffer, codings: string, longest: number): Promise<Buffer> {
  const names = codings.split(',').map((name) => name.trim().toLowerCase());
  if (names.length > MOST_CODINGS) throw new Error('The body was encoded too often.');
  let plain = body;
  for (const name of names.filter((one) => one !== '').reverse()) plain = await decodedOnce(plain, name, longest);
  return plain;
}

async function decodedOnce(body: Buffer, name: string, longest: number): Promise<Buffer> {
  const decode = DECODERS.get(name);
  if (!decode) throw new Error('The body has an unknown content coding.');
  try {
    return body.length === 0 ? body : await decode(body, longest);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new AnswerTooLong() : error;
  }
}
