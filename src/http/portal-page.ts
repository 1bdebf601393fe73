import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the built portal, found from the sources as well as from the built server. */
export function builtPortal(): string {
  const folders = ['../../portal/dist', '../../../portal/dist'].map((way) => join(import.meta.dirname, way));
  return folders.find((folder) => existsSync(folder)) ?? join(import.meta.dirname, '../../portal/dist');
}

/**
 * The page of the portal in a folder, with its links below a base path: scripts find each other, and their base path, from
 * there. Null if the portal is not built.
 */
export function portalPageIn(folder: string, basePath: string): string | null {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) return null;
  const page = readFileSync(file, 'utf8');
  return page.replace(/ (href|src)="\/(?!\/)/g, (_link, attribute: string) => ` ${attribute}="${basePath}/`);
}
