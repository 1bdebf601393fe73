import { once } from 'node:events';
import { connect, createServer, Server, Socket } from 'node:net';
import { DemoRefusal } from './refusal.js';

const IPV4 = '127.0.0.1';
/** The other side of a port, in this order: where there is no IPv6, Linux still has more addresses of this machine. */
const OTHER_SIDES = ['::1', '127.0.0.2'];

/**
 * A port of this machine that only one demo has. Its IPv6 side is held and leads to the IPv4 side: browsers and docker may
 * take either for `localhost`, and another program that listens there would get what is typed for Mooring. Two demos that
 * start at the same moment can't choose the same one.
 */
export class ReservedPort {
  private constructor(
    readonly number: number,
    private readonly bridge: Bridge,
  ) {}

  /**
   * Reserves a port, for a part that will listen on 127.0.0.1.
   *
   * @returns undefined if it is taken
   * @throws {DemoRefusal} if this user may not listen there
   */
  static async take(port: number): Promise<ReservedPort | undefined> {
    // Where another program listens on every address, some systems still allow a single one.
    if (await answers(port)) return undefined;
    const bridge = new Bridge(port);
    if (await bridge.isRefused()) return undefined;
    if (await isFree(port)) return new ReservedPort(port, bridge);
    bridge.close();
    return undefined;
  }

  release(): void {
    this.bridge.close();
  }
}

/** Hands connections on to the same port of the IPv4 side. */
class Bridge {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly port: number) {
    this.server = createServer({ allowHalfOpen: true }, (incoming) => {
      const outgoing = connect({ port, host: IPV4, allowHalfOpen: true });
      incoming.pipe(outgoing).pipe(incoming);
      this.tie(incoming, outgoing);
      this.tie(outgoing, incoming);
    });
  }

  /** Listens, and tells whether another program does. */
  async isRefused(): Promise<boolean> {
    for (const side of OTHER_SIDES) {
      const outcome = await listens(this.server, this.port, side);
      if (outcome !== 'no such address') return outcome === 'taken';
    }
    return false;
  }

  close(): void {
    if (this.server.listening) this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private tie(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.once('close', () => this.sockets.delete(socket));
  }
}

async function isFree(port: number): Promise<boolean> {
  const trial = createServer();
  if ((await listens(trial, port, IPV4)) === 'taken') return false;
  trial.close();
  await once(trial, 'close');
  return true;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect({ port, host: IPV4 });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function listens(server: Server, port: number, host: string): Promise<'listens' | 'taken' | 'no such address'> {
  try {
    server.listen({ port, host });
    await once(server, 'listening');
    return 'listens';
  } catch (error) {
    const { code = 'no code' } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return 'taken';
    if (host !== IPV4) return 'no such address';
    throw new DemoRefusal(`Port ${port} can't be used (${code}). Choose another one; see npm run demo -- --help`);
  }
}
