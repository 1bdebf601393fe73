import { once } from 'node:events';
import { ClientRequest, IncomingMessage, request as askPlain } from 'node:http';
import { request as askOverTls } from 'node:https';
import { Socket } from 'node:net';
import { ProxyServer } from '../../common/network/egress-proxy.js';
import { contextTrusting } from '../../common/network/trusted-certificates.js';
import { ProviderUnavailable } from './provider.errors.js';

/** How the details of a failure of the proxy begin: the provider was not asked. */
export const OF_PROXY = 'proxy: ';

/**
 * Opens a tunnel to a host and port through a proxy (RFC 9110, section 9.3.6). The certificate of a proxy with https has to be
 * trusted by Node or the system: the settings are about the provider.
 *
 * @param authority the host, an IPv6 address in brackets, and the port
 * @throws {ProviderUnavailable} if the proxy does not open it in time, whatever its reason
 */
export async function tunnelTo(authority: string, proxy: ProxyServer, deadlineMs: number): Promise<Socket> {
  const question = questionTo(proxy, authority);
  question.on('error', () => undefined).end();
  const [answer, socket, first] = await answerTo(question, deadlineMs);
  const { statusCode = 0 } = answer;
  if (statusCode < 200 || statusCode > 299) {
    socket.on('error', () => undefined).destroy();
    throw new ProviderUnavailable(`${OF_PROXY}HTTP ${statusCode}`);
  }
  if (first.length > 0) socket.unshift(first);
  return socket;
}

function questionTo(proxy: ProxyServer, authority: string): ClientRequest {
  const credentials = proxy.authorization && { 'proxy-authorization': proxy.authorization.reveal() };
  const headers = { host: authority, 'proxy-connection': 'keep-alive', ...credentials };
  const question = { method: 'CONNECT', path: authority, headers, agent: false };
  if (proxy.url.protocol === 'http:') return askPlain(proxy.url, question);
  const trust = { rejectUnauthorized: true, secureContext: contextTrusting(null) };
  return askOverTls(proxy.url, { ...question, ...trust });
}

async function answerTo(question: ClientRequest, deadlineMs: number) {
  try {
    const answer: unknown[] = await once(question, 'connect', { signal: AbortSignal.timeout(deadlineMs) });
    return answer as [IncomingMessage, Socket, Buffer];
  } catch (error) {
    question.destroy();
    throw new ProviderUnavailable(`${OF_PROXY}${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ABORT_ERR') return 'timeout';
  return typeof code === 'string' && /^[\w/]{1,64}$/.test(code) ? code : 'no answer';
}
