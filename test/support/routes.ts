import { TestApp } from './app.js';

/** A registered route. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

const LINE = /^(?<indent>[│ ]*)[├└]── (?<part>\S+)(?: \((?<methods>[A-Z, ]+)\))?/;
const INDENT = 4;

/** Every route of the application, once for each of its methods. */
export function routesOf(app: TestApp): Route[] {
  const lines = app.nest.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }).split('\n');
  const parts: string[] = [];
  return lines.flatMap((line) => {
    const { indent = '', part = '', methods } = LINE.exec(line)?.groups ?? {};
    if (part === '') return [];
    parts.splice(indent.length / INDENT, Infinity, part);
    // The router leaves out the slash before the star of a route below another one.
    const path = parts
      .join('')
      .replace(/\*$/, '/*')
      .replaceAll(/\/{2,}/g, '/');
    return (methods?.split(', ') ?? []).map((method) => ({ method, path }));
  });
}
