/** The day after which a release line of Node gets no fixes, security fixes included (Node.js Release schedule). */
const LAST_FIXES: ReadonlyMap<number, string> = new Map([
  [20, '2026-04-30'],
  [22, '2027-04-30'],
  [24, '2028-04-30'],
]);

const RECOMMENDED = 24;

/**
 * What an operator has to know of the Node that runs this, or undefined where there is nothing to say.
 *
 * @param node a version such as `20.20.2`
 * @param now the time, for a line that is supported today is not for ever
 */
export function nodeAdvice(node: string, now: Date): string | undefined {
  const line = Number.parseInt(node, 10);
  const last = LAST_FIXES.get(line);
  if (last === undefined || now <= new Date(`${last}T23:59:59Z`)) return undefined;
  return `Node ${line} has had no security fixes since ${last}: run Mooring on Node ${RECOMMENDED}.`;
}
