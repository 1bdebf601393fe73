import { IncomingMessage } from 'node:http';

/** A request with a form that a provider has received. */
export interface ReceivedForm {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

/** Reads the form of a request, and leaves it to be read again; then calls `next`. Fits a running provider's hooks. */
export function watching(received: ReceivedForm[], request: IncomingMessage, next: () => void): void {
  if (request.method !== 'POST') return next();
  request.once('readable', () => {
    const body = request.read() as Buffer | null;
    const { authorization } = request.headers;
    received.push({ path: String(request.url), authorization, form: new URLSearchParams(String(body ?? '')) });
    if (body !== null) request.unshift(body);
    next();
  });
}
