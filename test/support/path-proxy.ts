import { once } from 'node:events';
import { createServer, IncomingMessage, request, ServerResponse } from 'node:http';
import { Front, FrontPlace } from './site-below-path.js';

/** What a proxy that publishes a server below a path does with that path in the requests that it passes on; or both, in turn. */
export type PathHandling = 'REMOVED' | 'KEPT' | 'REMOVED AND KEPT';

/** What stands at all other paths of the proxy's host. */
const NEIGHBOUR = 'a neighbour on the same host';

/** A proxy that publishes a server below a path of a host that it shares. */
export async function openPathProxy({ port, serverPort, path }: FrontPlace, handling: PathHandling): Promise<Front> {
  let passedOn = 0;
  const isKept = () => handling === 'KEPT' || (handling === 'REMOVED AND KEPT' && passedOn++ % 2 === 1);
  const server = createServer((asked: IncomingMessage, answer: ServerResponse) => {
    const { url = '', method, headers } = asked;
    if (url !== path && !url.startsWith(`${path}/`)) return void answer.writeHead(404).end(NEIGHBOUR);
    const target = isKept() ? url : url.slice(path.length).replace(/^(?!\/)/, '/');
    const passed = request({ host: '127.0.0.1', port: serverPort, method, path: target, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 500, answered.rawHeaders);
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
