/** The path where a login at the provider starts. Takes `redirect_url`, the path to return to. */
export const OIDC_LOGIN_PATH = '/c/oidc/login';

/** The path of the redirect URI, to which the provider sends browsers back. */
export const OIDC_CALLBACK_PATH = '/c/oidc/callback';

/** The path of the back-channel logout URI. */
export const OIDC_BACKCHANNEL_LOGOUT_PATH = '/c/oidc/backchannel-logout';

/** The path of the post-logout redirect URI. */
export const OIDC_LOGGED_OUT_PATH = '/c/oidc/logged-out';

/** Hosts that a browser on this machine reaches as `localhost`. */
const AS_LOCALHOST = new Set(['0.0.0.0', '::', '127.0.0.1', '::1']);

/** The origin of a server that listens on this host and port, without a proxy in front. */
export function publicUrlAt(host: string, port: number): string {
  const name = AS_LOCALHOST.has(host) ? 'localhost' : host;
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  return URL.canParse(url) ? new URL(url).origin : 'http://localhost:8080';
}
