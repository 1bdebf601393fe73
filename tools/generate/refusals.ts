import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { DomainError, Refusal, RefusalClass } from '../../src/common/errors/domain-error.js';

/** An export of an `*.errors` module, with the rows that it declares. */
export interface DeclaredRefusals {
  readonly name: string;
  readonly rows: readonly Refusal[];
}

/** The declarations of all `*.errors` modules in a folder of sources, or of their build, in the order of their paths. */
export async function refusalsIn(folder: string): Promise<DeclaredRefusals[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.errors\.[jt]s$/.test(name)).sort();
  const modules = await Promise.all(names.map((name) => exportsOf(join(folder, name))));
  return modules.flatMap((module) => Object.entries(module).map(([name, value]) => ({ name, rows: rowsOf(value) })));
}

async function exportsOf(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
}

/** The declaration of a refusal class, a single row, or a list of rows. */
function rowsOf(value: unknown): readonly Refusal[] {
  if (Array.isArray(value)) return value.flatMap(rowsOf);
  if (isRefusalClass(value)) return [value.row];
  return isRow(value) ? [value] : [];
}

function isRefusalClass(value: unknown): value is RefusalClass {
  return typeof value === 'function' && value.prototype instanceof DomainError;
}

function isRow(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'fact' in value;
}
