const SHORT_NAME = 5;

/** Whether a name is probably a misspelling of a known one: by one letter, or by two if the known one is longer than five. */
export function isNear(typed: string, known: string): boolean {
  return distanceOf(typed, known) <= (known.length > SHORT_NAME ? 2 : 1);
}

/** How many letters have to be added, removed, replaced or swapped with their neighbour (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  // Every variable of the machine is compared, and some have long names.
  if (Math.abs(one.length - other.length) > 2) return Infinity;
  let [before, row]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = at(row, j - 1) + Number(one[i - 1] !== other[j - 1]);
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next.push(Math.min(replaced, at(row, j) + 1, at(next, j - 1) + 1, isSwap ? at(before, j - 2) + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return at(row, other.length);
}

function at(row: readonly number[] | undefined, index: number): number {
  return row?.[index] ?? Infinity;
}
