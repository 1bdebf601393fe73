import { SecretText } from '../common/crypto/secret-text.js';
import { EgressProxies, NO_PROXIES, proxyExceptionsIn, ProxyServer } from '../common/network/egress-proxy.js';
import { Complain, Variables } from './given-variables.js';
import { Variable, VARIABLES } from './variables.js';

const FORM =
  'must be the http:// or https:// URL of a proxy, such as http://proxy.example.com:3128, without a path; a user and a password in it are percent-encoded. NO_PROXY=* sends all requests without a proxy.';

/**
 * The proxies in the environment, as undici reads it: the lower-case name of a variable counts before the other one, also if
 * it is empty, and `HTTP_PROXY` is for https too where there is no `HTTPS_PROXY`. With `NO_PROXY=*` none of them is read.
 */
export function egressProxiesIn(source: Variables, complain: Complain): EgressProxies {
  const exceptions = proxyExceptionsIn(valueOf(VARIABLES.noProxy, source).text);
  if (exceptions.some(({ covers, port }) => port === null && covers('*'))) return NO_PROXIES;
  const http = proxyOf(VARIABLES.httpProxy, source, complain);
  const https = proxyOf(VARIABLES.httpsProxy, source, complain);
  return { https: https ?? http, http, exceptions };
}

function valueOf({ name }: Variable, source: Variables): { readonly name: string; readonly text: string } {
  const lower = name.toLowerCase();
  const isLower = source[lower] !== undefined;
  return { name: isLower ? lower : name, text: (source[isLower ? lower : name] ?? '').trim() };
}

function proxyOf(variable: Variable, source: Variables, complain: Complain): ProxyServer | null {
  const { name, text } = valueOf(variable, source);
  if (text === '') return null;
  const proxy = proxyIn(text, name);
  if (!proxy) complain({ name }, FORM);
  return proxy ?? null;
}

function proxyIn(text: string, variable: string): ProxyServer | undefined {
  // Other programs take an address with a port for the one of an http proxy.
  const full = /^[^/?#]+:\d+\/?$/.test(text) ? `http://${text}` : text;
  if (/[\s\p{Cc}]/u.test(full) || !URL.canParse(full)) return undefined;
  const url = new URL(full);
  const isPlain = url.pathname === '/' && url.search === '' && url.hash === '' && url.port !== '0';
  if (!/^https?:$/.test(url.protocol) || !isPlain) return undefined;
  const authorization = authorizationOf(url);
  return authorization === undefined ? undefined : { url: new URL(url.origin), authorization, variable };
}

/** The header for the credentials of a URL (RFC 7617); null without any, undefined if they are not percent-encoded. */
function authorizationOf({ username, password }: URL): SecretText | null | undefined {
  if (username === '' && password === '') return null;
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return new SecretText(`Basic ${Buffer.from(pair).toString('base64')}`);
  } catch {
    return undefined;
  }
}
