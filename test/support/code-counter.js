/**
 * Loaded into a process before anything else (`--import`), this writes down each time that a text is made to code there:
 * by `Function` or one of its relatives, by `eval`, or by `vm`. One line of JSON each, in the file that CODE_COUNTER_FILE
 * names. Modules are loaded by other means, and don't count.
 */
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import vm from 'node:vm';

const file = String(process.env.CODE_COUNTER_FILE);

// Node makes a realm of its own, by `vm` from a text of its own, when it first lets go of a reader: so it does that now.
const reader = new ReadableStream().getReader();
reader.releaseLock();

/** @param {string} kind */
function note(kind) {
  const stack = String(new Error(kind).stack)
    .split('\n')
    .slice(3, 12)
    .map((line) => line.trim());
  appendFileSync(file, `${JSON.stringify({ kind, stack })}\n`);
}

/**
 * @template {Function} Target
 * @param {string} kind
 * @param {Target} target
 * @returns {Target} what does the same, and is noted
 */
function counted(kind, target) {
  return new Proxy(target, {
    apply(inner, self, values) {
      note(kind);
      return Reflect.apply(inner, self, values);
    },
    construct(inner, values, newTarget) {
      note(kind);
      return Reflect.construct(inner, values, newTarget);
    },
  });
}

const kindsOfFunctions = [function () {}, async function () {}, function* () {}, async function* () {}];
for (const example of kindsOfFunctions) {
  const prototype = Object.getPrototypeOf(example);
  const value = counted(prototype.constructor.name, prototype.constructor);
  Object.defineProperty(prototype, 'constructor', { value });
}
globalThis.Function = Object.getPrototypeOf(kindsOfFunctions[0]).constructor;
globalThis.eval = counted('eval', globalThis.eval);

const { Script } = vm;
for (const name of ['runInContext', 'runInNewContext', 'runInThisContext']) {
  Script.prototype[name] = counted(`vm.Script.${name}`, Script.prototype[name]);
}
for (const [name, member] of Object.entries(vm)) {
  if (typeof member === 'function') vm[name] = counted(`vm.${name}`, member);
}
syncBuiltinESMExports();
