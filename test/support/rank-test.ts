/** The comparison of two samples. */
export interface RankTest {
  /** The probability that a value of the first is above one of the second; 0.5 if they do not differ. */
  readonly likelihood: number;
  /** The standard score of that, assuming that both come from the same distribution. */
  readonly z: number;
}

/** The Mann-Whitney test of two samples, with the normal approximation; ties count half. */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest {
  const all = [...first.map((value) => ({ value, own: 1 })), ...second.map((value) => ({ value, own: 0 }))];
  all.sort((one, other) => one.value - other.value);
  let ranks = 0;
  for (let begin = 0; begin < all.length;) {
    let end = begin;
    while (end < all.length && all[end]?.value === all[begin]?.value) end++;
    const rank = (begin + 1 + end) / 2;
    for (const { own } of all.slice(begin, end)) ranks += own * rank;
    begin = end;
  }
  const [n, m] = [first.length, second.length];
  const u = ranks - (n * (n + 1)) / 2;
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
  return { likelihood: u / (n * m), z: (u - (n * m) / 2) / deviation };
}
