import fc from 'fast-check';
import { Tally } from './fault-table.js';

/** How many inputs all properties together are tried with: few beside the other tests, a million by `npm run test:fuzz`. */
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 10_000);
/** The same inputs each time, unless a long run asks for others; what a failure prints repeats it. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Tries a property with this share of all inputs, and prints how many that were in a long run. */
export async function tryOut(what: string, share: number, property: fc.IRawProperty<unknown>, answers?: Tally) {
  const numRuns = Math.ceil(INPUTS * share);
  await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns, seed: SEED });
  const outcome = answers ? `; answers: ${answers.toString()}` : '';
  if (process.env.FUZZ_INPUTS) process.stdout.write(`${what}: ${numRuns} inputs${outcome}\n`);
}

/** Texts put together from pieces that matter to what reads them, with any other text in between. */
export function textOf(...pieces: string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  );
  return fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
}
