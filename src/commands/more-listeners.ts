import { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { createServer, Server as Listener } from 'node:net';

/** As the web server takes its own connections (Node, `http.createServer`). */
const LIKE_HTTP = { allowHalfOpen: true, noDelay: true };

/**
 * The further addresses of a web server. Their connections are the web server's own: it closes the idle ones with its own,
 * and ends only when every request is answered. Fastify's own listeners for `localhost` are not waited for.
 */
export class MoreListeners {
  private readonly listeners: Listener[] = [];
  private readonly closed: Promise<unknown>[] = [];

  /** @param app the web server, which is not ready yet */
  constructor(private readonly app: FastifyInstance) {
    app.addHook('preClose', (done) => {
      this.close();
      done();
    });
    app.addHook('onClose', () => Promise.all(this.closed));
  }

  /** Listens there too, unless the machine refuses it: a name may have an address of IPv6 where there is none. */
  async open(host: string, port: number): Promise<void> {
    const listener = createServer(LIKE_HTTP, (socket) => this.app.server.emit('connection', socket));
    listener.listen({ host, port });
    const isOpen = await once(listener, 'listening').then(Boolean, () => false);
    if (!isOpen) return;
    this.listeners.push(listener);
    this.closed.push(new Promise((resolve) => listener.once('close', resolve)));
  }

  /** Takes no more connections; the open ones stay. */
  close(): void {
    for (const listener of this.listeners.splice(0)) listener.close();
  }
}
