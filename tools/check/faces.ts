import { dirname, join, normalize } from 'node:path/posix';
import type { Finding, SourceFile } from './table-owners.js';

/** The maximum number of names that an `index.ts` exports: as many as a reader can keep in mind. */
export const MOST_NAMES = 12;

/** Folders from which every other folder may import single files. */
const OPEN = /^src\/(common|access|config|settings)(\/|$)/;
/** What a face gives; the migrations' only lists what it imports. */
const EXPORTED = /\bexport (?:type )?\{([^}]*)\}/g;
const NAMED = /\b(?:import|export) (?:type )?\{([^}]*)\} from '(\.[^']+)\.js'/g;

/** The names that a file imports or re-exports from another one. */
interface Taken {
  readonly folder: string;
  readonly names: readonly string[];
}

function namesIn(list: string): string[] {
  const names = list.split(',').map((name) =>
    name
      .trim()
      .replace(/^type /, '')
      .replace(/ as .*/s, ''),
  );
  return names.filter((name) => name !== '');
}

function takenBy({ path, text }: SourceFile): Taken[] {
  return [...text.matchAll(NAMED)].map(([, list = '', from = '']) => ({
    folder: dirname(normalize(join(dirname(path), from))),
    names: namesIn(list),
  }));
}

/** Every face (`index.ts`) that exports more than {@link MOST_NAMES}. */
export function wideFaces(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => {
    if (!file.path.endsWith('/index.ts')) return [];
    const names = [...file.text.matchAll(EXPORTED)].flatMap(([, list = '']) => namesIn(list));
    return names.length > MOST_NAMES
      ? [`${file.path}:1: gives ${names.length} names, at most ${MOST_NAMES} may be`]
      : [];
  });
}

/** The names that other folders import from each folder without a face, sorted. */
export function takenFromOpenFolders(files: readonly SourceFile[]): Map<string, readonly string[]> {
  const taken = files
    .filter(({ path }) => !path.endsWith('.spec.ts'))
    .flatMap((file) => takenBy(file).filter(({ folder }) => OPEN.test(folder) && folder !== dirname(file.path)));
  const folders = [...new Set(taken.map(({ folder }) => folder))].sort();
  const namesOf = (folder: string) => taken.filter((one) => one.folder === folder).flatMap(({ names }) => names);
  return new Map(folders.map((folder) => [folder, [...new Set(namesOf(folder))].sort()]));
}
