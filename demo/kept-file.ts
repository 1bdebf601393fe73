import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DemoRefusal } from './refusal.js';

/**
 * Reads a JSON file that {@link writeKept} wrote.
 *
 * @returns undefined if there is none
 * @throws {DemoRefusal} if it is damaged
 */
export function readKept<T extends object>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'no code' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new DemoRefusal(`${file} can't be read (${code}).`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  } catch {
    // Told below.
  }
  throw new DemoRefusal(`${file} is damaged. Begin anew: npm run demo -- --fresh`);
}

/** Replaces a file as a whole, readable by its owner only. */
export function writeKept(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const half = `${file}.new`;
  writeFileSync(half, text, { mode: 0o600 });
  renameSync(half, file);
}
