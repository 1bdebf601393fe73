import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, connect, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Certified } from './certificates.js';

/** What the proxy does with a tunnel that is asked for: opens it, answers with a status, says nothing, or hangs up. */
export type Behaviour = 'OPEN' | 'SILENT' | 'HANGS_UP' | number;

/** A forward proxy that opens tunnels (CONNECT) to this machine, whatever host is named, and counts them. */
export class ForwardProxy {
  /** The authorities of the tunnels that were asked for. */
  readonly asked: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  behaviour: Behaviour = 'OPEN';
  /** The Basic credentials that it demands. */
  credentials: string | null = null;
  private readonly sockets = new Set<Duplex>();
  private readonly opened = new Set<number>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
  ) {
    server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.keep(socket);
      this.answer(request, socket, head);
    });
    server.on('connection', (socket: Socket) => this.keep(socket));
  }

  /** Starts one; with a certificate, it is itself asked by https. */
  static async start(certified?: Certified): Promise<ForwardProxy> {
    const server = certified ? createTlsServer(certified) : createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ForwardProxy(server, certified ? 'https' : 'http');
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether a connection from this port of this machine is one of its tunnels. */
  hasOpened(port: number | undefined): boolean {
    return port !== undefined && this.opened.has(port);
  }

  /** Ends every connection that is open. */
  breakOff(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.breakOff();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer({ url = '', headers }: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.asked.push(url);
    this.authorizations.push(headers['proxy-authorization']);
    if (this.behaviour === 'SILENT') return;
    if (this.behaviour === 'HANGS_UP') return void socket.destroy();
    const expected = this.credentials && `Basic ${Buffer.from(this.credentials).toString('base64')}`;
    const status = expected && headers['proxy-authorization'] !== expected ? 407 : this.behaviour;
    if (status !== 'OPEN') return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    this.open(Number(url.slice(url.lastIndexOf(':') + 1)), socket, head);
  }

  private open(port: number, socket: Duplex, head: Buffer): void {
    const target = connect(port, '127.0.0.1', () => {
      this.opened.add(target.localPort ?? 0);
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) target.write(head);
      socket.pipe(target).pipe(socket);
    });
    this.keep(target);
  }

  private keep(socket: Duplex): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
  }
}
