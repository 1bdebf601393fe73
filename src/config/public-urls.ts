/** The path where a login at the provider starts. Takes `redirect_url`, the path to return to. */
export const OIDC_LOGIN_PATH = '/c/oidc/login';

/** The path of the redirect URI, to which the provider sends browsers back. */
export const OIDC_CALLBACK_PATH = '/c/oidc/callback';

/** The path of the back-channel logout URI. */
export const OIDC_BACKCHANNEL_LOGOUT_PATH = '/c/oidc/backchannel-logout';

/** The path of the front-channel logout URI. */
export const OIDC_FRONTCHANNEL_LOGOUT_PATH = '/c/oidc/frontchannel-logout';

/** The path of the page that sends a logout to the provider as a form. */
export const OIDC_LOGOUT_FORM_PATH = '/c/oidc/logout-form';

/** The path of the post-logout redirect URI. */
export const OIDC_LOGGED_OUT_PATH = '/c/oidc/logged-out';

/** The path of the key set with which Mooring is registered for `private_key_jwt`. */
export const OIDC_CLIENT_JWKS_PATH = '/oidc/client-jwks.json';

/** The path of the token service: with it, PUBLIC_URL is the realm of registries. */
export const REGISTRY_TOKEN_PATH = '/service/token';

/** The part of the environment that says where browsers find this installation. */
interface Published {
  /** The URL of the login page; its path ends with a slash. */
  readonly publicUrl: URL;
}

/** The first segments of paths that are ours or a registry's: a base path that begins with one could be taken for a route. */
export const OWN_FIRST_SEGMENTS: readonly string[] = [
  ...['.well-known', 'administration', 'assets', 'c', 'graphql', 'health', 'logged-in', 'mark.svg', 'metrics'],
  ...['oidc', 'onboarding', 'profile', 'register', 'service', 'style.css', 'test-login', 'v2'],
];

/** The segments of a base path need no encoding in URLs, nor in cookies (RFC 3986, section 2.3; RFC 6265, section 4.1.1). */
const BASE_PATH = /^(\/[\w.~-]+)*\/?$/;

/**
 * The public URL in a text: an http or https origin, and a path that may follow it; without a slash at its end, one is added.
 * Undefined if the text is anything else, or the path begins with one of {@link OWN_FIRST_SEGMENTS}.
 */
export function publicUrlIn(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== url.origin + url.pathname) return undefined;
  const [, first = ''] = url.pathname.split('/');
  if (!BASE_PATH.test(url.pathname) || OWN_FIRST_SEGMENTS.includes(first)) return undefined;
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`);
}

/**
 * The addresses of registries in a text, separated by commas: http or https origins; none if it is empty. Undefined if any
 * of them is anything else.
 */
export function registryUrlsIn(text: string): readonly URL[] | undefined {
  const parts = text === '' ? [] : text.split(',').map((part) => part.trim());
  const urls = parts.flatMap((part) => (URL.canParse(part) ? [new URL(part)] : []));
  const isOrigin = ({ protocol, href, origin }: URL) => /^https?:$/.test(protocol) && href === `${origin}/`;
  return urls.length === parts.length && urls.every(isOrigin) ? urls : undefined;
}

/** The path below which browsers find this installation, such as `/mooring`; empty if it has a host name to itself. */
export function basePathOf({ publicUrl }: Published): string {
  return publicUrl.pathname.replace(/\/$/, '');
}

/** The public URL for people: without a slash at its end. */
export function publicAddressOf(at: Published): string {
  return at.publicUrl.origin + basePathOf(at);
}

/** The path for browsers of a path of ours. */
export function publicPathOf(at: Published, path: string): string {
  return basePathOf(at) + path;
}

/** The URL for browsers of a path of ours. */
export function publicUrlOf(at: Published, path: string): string {
  return new URL(publicPathOf(at, path), at.publicUrl).href;
}

/** The redirect URI to be registered with the provider (OpenID Connect Core 1.0, section 3.1.2.1). */
export function redirectUriOf(at: Published): string {
  return publicUrlOf(at, OIDC_CALLBACK_PATH);
}

/** The post-logout redirect URI to be registered with the provider. */
export function postLogoutRedirectUriOf(at: Published): string {
  return publicUrlOf(at, OIDC_LOGGED_OUT_PATH);
}

/** The URL of the page that sends a logout to the provider as a form. */
export function logoutFormUrlOf(at: Published): string {
  return publicUrlOf(at, OIDC_LOGOUT_FORM_PATH);
}

/** The back-channel logout URI to be registered with the provider (OpenID Connect Back-Channel Logout 1.0, section 2.2). */
export function backchannelLogoutUriOf(at: Published): string {
  return publicUrlOf(at, OIDC_BACKCHANNEL_LOGOUT_PATH);
}

/** The front-channel logout URI to be registered with the provider (OpenID Connect Front-Channel Logout 1.0, section 2). */
export function frontchannelLogoutUriOf(at: Published): string {
  return publicUrlOf(at, OIDC_FRONTCHANNEL_LOGOUT_PATH);
}

/** The URL of the client's key set, to be registered with the provider (OpenID Connect Registration 1.0, section 2). */
export function clientJwksUriOf(at: Published): string {
  return publicUrlOf(at, OIDC_CLIENT_JWKS_PATH);
}

/** Hosts that a browser on this machine reaches as `localhost`, as URLs write them. */
const AS_LOCALHOST = new Set(['0.0.0.0', '[::]', '127.0.0.1', '[::1]']);

/** The origin of a server that listens on this host and port, without a proxy in front. */
export function publicUrlAt(host: string, port: number): string {
  const there = urlAt(host.includes(':') ? `[${host}]` : host, port);
  const isNamed = there !== null && !AS_LOCALHOST.has(there.hostname);
  // An address with a zone can't be in a URL.
  return (isNamed ? there : urlAt('localhost', port))?.origin ?? 'http://localhost:8080';
}

function urlAt(name: string, port: number): URL | null {
  const url = `http://${name}:${port}`;
  return URL.canParse(url) ? new URL(url) : null;
}
