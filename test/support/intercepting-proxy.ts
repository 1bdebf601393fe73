import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { TestAuthority } from './certificates.js';

/**
 * A forward proxy that reads what passes: it answers CONNECT itself, with a certificate of its own authority for the host that
 * was asked for, and goes on to that port of this machine over plain http.
 */
export class InterceptingProxy {
  /** The authorities of the tunnels that were asked for. */
  readonly asked: string[] = [];
  /** What was read in the tunnels. */
  read = '';
  private readonly sockets = new Set<Duplex>();

  private constructor(
    private readonly server: Server,
    private readonly authority: TestAuthority,
  ) {
    server.on('connection', (socket: Socket) => this.keep(socket));
    server.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => void this.intercept(url, socket));
  }

  static async start(): Promise<InterceptingProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new InterceptingProxy(server, await TestAuthority.root('Corporate proxy'));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The certificate of its authority. */
  get ca(): string {
    return this.authority.cert;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private async intercept(url: string, socket: Duplex): Promise<void> {
    this.asked.push(url);
    const { hostname, port } = new URL(`https://${url}`);
    const secureContext = createSecureContext(await this.authority.forServer({ hosts: [hostname] }));
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const client = this.keep(new TLSSocket(socket as Socket, { isServer: true, secureContext }));
    const target = this.keep(connect(Number(port || 443), '127.0.0.1'));
    client.on('data', (chunk: Buffer) => (this.read += chunk.toString('latin1')));
    client.pipe(target).pipe(client);
  }

  private keep<Kept extends Duplex>(socket: Kept): Kept {
    this.sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
  }
}
