import { beforeEach, describe, expect, it } from '@jest/globals';
import { Held, HolderWatch, Verdict } from './holder-watch.js';

const QUICK_MS = 2;
const MOST_LOOKS = 1_000;

describe(HolderWatch, () => {
  let watch: HolderWatch;
  beforeEach(() => {
    watch = new HolderWatch();
  });

  /** The first verdict that is not to wait, and how many looks it took. */
  const end = (held: (look: number) => Held, tookMs: (look: number) => number = () => QUICK_MS) => {
    for (let look = 1; look <= MOST_LOOKS; look++) {
      const verdict: Verdict = watch.note(held(look), tookMs(look));
      if (verdict !== 'WAIT') return { verdict, look };
    }
    return { verdict: 'WAIT' };
  };
  const still = () => ({ owner: 'a', beats: '7' });

  it('takes a holder without beats for gone, after a quarter of a minute of quick looks', () => {
    expect(end(still)).toEqual({ verdict: 'GONE', look: 61 });
  });

  it('waits for a holder that beats, for a minute', () => {
    expect(end((look) => ({ owner: 'a', beats: String(Math.floor(look / 50)) }))).toEqual({
      verdict: 'TOO_LONG',
      look: 240,
    });
  });

  it('begins anew with each other owner', () => {
    expect(end((look) => ({ owner: look <= 50 ? 'a' : 'b', beats: '7' }))).toEqual({ verdict: 'GONE', look: 111 });
  });

  it('begins anew after a look that was held up itself', () => {
    expect(end(still, (look) => (look === 60 ? 1_500 : QUICK_MS))).toEqual({ verdict: 'GONE', look: 120 });
  });
});
