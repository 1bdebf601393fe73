import { here } from './location';

/** An error that the server answered with this page: what to show of it. */
export interface PageRefusal {
  readonly title: string;
  readonly message: string;
  readonly code: string;
  /** What the identity provider said of it. */
  readonly said: { readonly error: string; readonly description: string | null } | null;
  /** Where the same can be tried again; null if it can't. */
  readonly again: string | null;
}

const text = document.querySelector<HTMLMetaElement>('meta[name="refusal"]')?.content;
const refusal = text === undefined ? undefined : (JSON.parse(text) as PageRefusal);
const refusedAt = here();

/** The error that the server answered at a path with its query; undefined if it answered none, or at another one. */
export function refusalAt(path: string): PageRefusal | undefined {
  return path === refusedAt ? refusal : undefined;
}
