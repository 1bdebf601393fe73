/**
 * Loaded into a process before anything else (`--import`), this lets `localhost` have its two usual addresses there,
 * whatever this machine calls so.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const BOTH = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

const { lookup } = dns;
const lookupLater = dns.promises.lookup;

/**
 * @param {string} name
 * @param {any} options
 */
const asksAll = (name, options) => name === 'localhost' && options?.all === true;

dns.lookup = /** @type {any} */ (
  function (/** @type {string} */ name, /** @type {any} */ options, /** @type {any} */ done) {
    if (asksAll(name, options)) process.nextTick(done, null, BOTH);
    else lookup(name, options, done);
  }
);
dns.promises.lookup = /** @type {any} */ (
  async (/** @type {string} */ name, /** @type {any} */ options) =>
    asksAll(name, options) ? BOTH : lookupLater(name, options)
);
syncBuiltinESMExports();
