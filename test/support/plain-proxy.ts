import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a proxy treats requests. */
export interface ProxyManners {
  /** The port of the server behind it. */
  readonly port: number;
  /** Whether it names the client in `X-Forwarded-For`. */
  readonly names?: boolean;
  /** The largest headers that it takes, in bytes. */
  readonly mostHeaders?: number;
  /** Requests for other paths get 404. */
  readonly below?: string;
}

/** A proxy in front of a server, on a free port. */
export async function openPlainProxy({ port, names = false, mostHeaders = 65_536, below = '' }: ProxyManners) {
  const server = createServer({ maxHeaderSize: mostHeaders }, (asked, answer) => {
    const { url = '', method, headers } = asked;
    if (!url.startsWith(`${below}/`)) return void answer.writeHead(404).end('nothing here');
    const given = [headers['x-forwarded-for'] ?? [], asked.socket.remoteAddress ?? []].flat().join(', ');
    const { 'x-forwarded-for': _given, ...others } = headers;
    const passed = request(
      { host: '127.0.0.1', port, method, path: url, headers: names ? { ...others, 'x-forwarded-for': given } : others },
      (answered) => {
        answer.writeHead(answered.statusCode ?? 500, answered.rawHeaders);
        answered.pipe(answer);
      },
    );
    passed.on('error', () => void answer.writeHead(502).end());
    asked.pipe(passed);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}

/** A registry that answers `/v2/` like this. */
export async function openRegistry(status: number, challenge?: string) {
  const server = createServer((_asked, answer) => {
    answer.writeHead(status, challenge ? { 'www-authenticate': challenge } : {}).end('{}');
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}
