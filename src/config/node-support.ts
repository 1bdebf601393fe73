/** The last day on which a release line of Node gets fixes, security fixes included (Node.js Release schedule). */
const LAST_FIXES: ReadonlyMap<number, string> = new Map([
  [20, '2026-04-30'],
  [22, '2027-04-30'],
  [24, '2028-04-30'],
]);

const RECOMMENDED = 24;

/**
 * A warning for operators if the running version of Node no longer gets fixes; undefined if it does.
 *
 * @param node a version such as `20.20.2`
 * @param now the current time
 */
export function nodeAdvice(node: string, now: Date): string | undefined {
  const line = Number.parseInt(node, 10);
  const last = LAST_FIXES.get(line);
  if (last === undefined || now <= new Date(`${last}T23:59:59Z`)) return undefined;
  return `Node ${line} has had no security fixes since ${last}: run Mooring on Node ${RECOMMENDED}.`;
}
