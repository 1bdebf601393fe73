import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request whose header the server has read (RFC 9110, section 10.1.1: 100), and whose body it waits for. */
export class HalfSent {
  private constructor(
    private readonly socket: Socket,
    private readonly body: string,
    private readonly answer: Promise<string>,
  ) {}

  /** Sends the header of a GraphQL request of the administrator to this address. */
  static begin(url: string, password: string, body: string, address?: string): Promise<HalfSent> {
    return HalfSent.beginAs(url, `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`, body, address);
  }

  /** The same with these credentials. */
  static async beginAs(url: string, authorization: string, body: string, address = '127.0.0.1'): Promise<HalfSent> {
    const socket = connect(Number(new URL(url).port), address);
    socket.write(
      [
        ...['POST /graphql HTTP/1.1', `host: ${new URL(url).host}`, `authorization: ${authorization}`],
        ...['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`, 'expect: 100-continue'],
        ...['connection: close', '', ''],
      ].join('\r\n'),
    );
    const [first] = (await once(socket, 'data')) as [Buffer];
    if (!/^HTTP\/1\.1 100 /.test(first.toString())) throw new Error(`Not awaited: ${first.toString()}`);
    return new HalfSent(socket, body, text(socket));
  }

  /** Sends the rest, and waits for the whole answer. */
  async end(): Promise<string> {
    this.socket.write(this.body);
    return this.answer;
  }
}
