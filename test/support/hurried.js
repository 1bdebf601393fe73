/**
 * Loaded into a process before anything else (`--import`), this shortens waits of certain lengths there: HURRIED names them,
 * in milliseconds, as in `9500=300,5000=1000`.
 */
const shorter = new Map(
  String(process.env.HURRIED)
    .split(',')
    .map((pair) => /** @type {[number, number]} */ (pair.split('=').map(Number))),
);

for (const name of /** @type {const} */ (['setTimeout', 'setInterval'])) {
  const start = globalThis[name];
  globalThis[name] = /** @type {any} */ (
    Object.assign(
      (/** @type {any} */ callback, /** @type {number} */ milliseconds, /** @type {any[]} */ ...rest) =>
        start(callback, shorter.get(milliseconds) ?? milliseconds, ...rest),
      start,
    )
  );
}
