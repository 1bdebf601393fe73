/** The path below which the server publishes the portal, such as `/mooring`: the page's icon stands right below it. */
export const basePath: string = (iconPath() ?? '').replace(/\/[^/]*$/, '');

function iconPath(): string | undefined {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  return icon ? new URL(icon.href).pathname : undefined;
}

/** What the browser asks for, of a path of ours. */
export function withBasePath(path: string): string {
  return basePath + path;
}

/** A path of ours, with the base path or without it, as one without it. No path of ours begins like the base path. */
export function withoutBasePath(path: string): string {
  if (path === basePath) return '/';
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}
