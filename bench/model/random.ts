/** A number from 0 up to 1. */
export type Random = () => number;

/** A pseudo-random sequence that is the same for the same seed (mulberry32, 32 bits of state). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The time until the next of independent arrivals, with this mean. */
export const untilNext = (random: Random, mean: number) => -Math.log(1 - random()) * mean;
