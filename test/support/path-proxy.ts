import { once } from 'node:events';
import { createServer, IncomingMessage, request, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** How a proxy publishes a server below a path: it removes the path from what it passes on, or keeps it. */
export type PathHandling = 'REMOVED' | 'KEPT';

/** What stands at all other paths of the proxy's host. */
const NEIGHBOUR = 'a neighbour on the same host';

/** A proxy that publishes a server below a path of a host that it shares. */
export class PathProxy {
  /** The port of the server, which starts after the proxy. */
  serverPort = 0;

  private constructor(
    private readonly server: Server,
    private readonly path: string,
    private readonly handling: PathHandling,
  ) {}

  /** Opens one on a free port. */
  static async open(path: string, handling: PathHandling): Promise<PathProxy> {
    const server = createServer();
    const proxy = new PathProxy(server, path, handling);
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => proxy.pass(asked, answer));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** The public URL of the server. */
  get url(): string {
    return this.origin + this.path;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { url = '', method, headers } = asked;
    if (url !== this.path && !url.startsWith(`${this.path}/`)) return void answer.writeHead(404).end(NEIGHBOUR);
    const path = this.handling === 'KEPT' ? url : url.slice(this.path.length) || '/';
    const passed = request({ host: '127.0.0.1', port: this.serverPort, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 500, answered.rawHeaders);
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  }
}
