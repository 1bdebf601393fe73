import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/**
 * What stands before several replicas: hands each connection to the next one that takes it. Knows nothing of HTTP, so that
 * a replica that is killed breaks the connections that it had, as behind any balancer.
 */
export class LoadBalancer {
  private turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: () => readonly number[],
  ) {}

  /** Opens one on a free port; `ports` tells the replicas of the moment. */
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
    const replica = connect({ port: ports[this.turn++ % ports.length], host: '127.0.0.1', allowHalfOpen: true });
    const refused = () => (tries > 1 ? this.hand(caller, tries - 1) : caller.destroy());
    replica.once('error', refused);
    replica.once('connect', () => {
      replica.off('error', refused);
      for (const [one, other] of [
        [caller, replica],
        [replica, caller],
      ]) {
        one.on('error', () => other.destroy()).on('close', () => other.destroy());
        one.pipe(other);
      }
    });
  }
}
