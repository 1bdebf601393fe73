import fc from 'fast-check';
import { Tally } from './fault-table.js';

/** The number of inputs for all properties together: few in the normal suite, a million with `npm run test:fuzz`. */
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 10_000);
/** The seed: constant, unless a long run sets another; a failure prints the seed that repeats it. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Checks a property with this share of all inputs; a long run prints how many that were. */
export async function tryOut(what: string, share: number, property: fc.IRawProperty<unknown>, answers?: Tally) {
  const numRuns = Math.ceil(INPUTS * share);
  await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns, seed: SEED });
  const outcome = answers ? `; answers: ${answers.toString()}` : '';
  if (process.env.FUZZ_INPUTS) process.stdout.write(`${what}: ${numRuns} inputs${outcome}\n`);
}

/** Texts made of pieces that matter to the parser under test, with arbitrary text in between. */
export function textOf(...pieces: string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  );
  return fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
}
