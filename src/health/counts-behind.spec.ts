import { beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { FakeClock } from '../../test/support/fake-clock.js';
import { Counts, CountsBehind } from './counts-behind.js';

describe(CountsBehind, () => {
  let clock: FakeClock;
  let answers: (Counts | Error)[];
  let asked: number;
  let behind: CountsBehind;
  beforeEach(() => {
    [clock, answers, asked] = [new FakeClock(), [], 0];
    clock.stop();
    const count = () => {
      asked++;
      const answer = answers.shift() ?? new Error('away');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    behind = new CountsBehind(count, clock);
  });
  const one = (count: number): Counts => new Map([['ACTIVE', count]]);

  it('never lets a scrape wait, and counts again when the numbers are a minute old', async () => {
    answers.push(one(1), one(2));
    expect(behind.read()).toBeUndefined();
    await turn();
    clock.advance(59);
    expect(behind.read()).toEqual({ counts: one(1), age: 59 });
    await turn();
    expect(asked).toBe(1);
    clock.advance(2);
    expect(behind.read()).toEqual({ counts: one(1), age: 61 });
    await turn();
    expect(behind.read()).toEqual({ counts: one(2), age: 0 });
  });

  it('keeps the last numbers, with their age, while counting fails', async () => {
    answers.push(one(1));
    behind.read();
    await turn();
    clock.advance(120);
    behind.read();
    await turn();
    expect(behind.read()).toEqual({ counts: one(1), age: 120 });
    expect(asked).toBe(2);
  });

  it('counts once however many ask at the same moment', async () => {
    answers.push(one(1), one(2));
    for (let scrape = 0; scrape < 5; scrape++) behind.read();
    await turn();
    expect(asked).toBe(1);
  });
});
