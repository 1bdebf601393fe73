import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/**
 * A load balancer for several replicas: it passes each connection to the next replica that accepts it. It does not know
 * HTTP, so a killed replica breaks its open connections, as behind any balancer.
 */
export class LoadBalancer {
  private turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: () => readonly number[],
  ) {}

  /** Opens one on a free port; `ports` returns the ports of the current replicas. */
  static async open(ports: () => readonly number[]): Promise<LoadBalancer> {
    const server = createServer({ allowHalfOpen: true });
    const front = new LoadBalancer(server, ports);
    server.on('connection', (caller) => front.hand(caller, ports().length));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return front;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  private hand(caller: Socket, tries: number): void {
    const ports = this.ports();
    const replica = connect({ port: ports[this.turn++ % ports.length]!, host: '127.0.0.1', allowHalfOpen: true });
    const refused = () => (tries > 1 ? this.hand(caller, tries - 1) : caller.destroy());
    replica.once('error', refused);
    replica.once('connect', () => {
      replica.off('error', refused);
      for (const [one, other] of [
        [caller, replica],
        [replica, caller],
      ] as const) {
        one.on('error', () => other.destroy()).on('close', () => other.destroy());
        one.pipe(other);
      }
    });
  }
}
