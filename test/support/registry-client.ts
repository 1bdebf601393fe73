import { createLocalJWKSet, decodeProtectedHeader, importX509, JWTPayload, jwtVerify } from 'jose';
import { X509Certificate } from 'node:crypto';

/** A response of the token service. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a story reads whatever it asked for
  readonly body: any;
  /** The message of the first error. */
  readonly message: string | undefined;
}

/** One entry of the access claim. */
export interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

export const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

async function answered(response: Response): Promise<TokenAnswer> {
  const body = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body, message: body.errors?.[0]?.message };
}

/** Requests a token as docker does, with GET. */
export async function getToken(
  url: string,
  query: Record<string, string> | [string, string][],
  authorization?: string,
): Promise<TokenAnswer> {
  const headers = authorization === undefined ? undefined : { authorization };
  return answered(await fetch(`${url}/service/token?${new URLSearchParams(query)}`, { headers }));
}

/** Requests a token as containerd does, with a form. */
export async function postToken(
  url: string,
  form: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const init = { method: 'POST', body: new URLSearchParams(form), headers };
  return answered(await fetch(`${url}/service/token`, init));
}

/** The claims of a token, after an independent library has verified it in both ways that registries support. */
export async function verifiedClaims(
  url: string,
  token: string,
  now: Date,
): Promise<JWTPayload & { access: Access[] }> {
  const authority = new X509Certificate(await (await fetch(`${url}/service/certificate`)).text());
  const { x5c = [] } = decodeProtectedHeader(token);
  const leaf = new X509Certificate(Buffer.from(x5c[0]!, 'base64'));
  const isActive = leaf.verify(authority.publicKey) && !leaf.ca && authority.ca;
  const isInTime = new Date(leaf.validFrom) <= now && now <= new Date(leaf.validTo);
  if (!isActive || !isInTime) throw new Error('The certificate of the token is not valid.');
  const options = { algorithms: ['ES256'], issuer: 'mooring', audience: 'registry', currentDate: now };
  await jwtVerify(token, await importX509(leaf.toString(), 'ES256'), options);
  const keys = createLocalJWKSet(await (await fetch(`${url}/.well-known/jwks.json`)).json());
  return (await jwtVerify<{ access: Access[] }>(token, keys, options)).payload;
}
