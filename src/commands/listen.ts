import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Environment, InvalidEnvironment } from '../config/env.js';
import { VARIABLES } from '../config/variables.js';
import { MoreListeners } from './more-listeners.js';

/** The part of the environment that says where to listen. */
type Place = Pick<Environment, 'host' | 'port'>;

const NO_ADDRESS = `is not an address of this machine. Other programs set ${VARIABLES.host.name} too: set it to 0.0.0.0 for all addresses, or to 127.0.0.1.`;

/**
 * Checks, before anything is made, that the host to listen on is an address of this machine, and that the port is free:
 * listens there, and stops at once.
 *
 * @param mayBeInUse whether the port may be in use for a while, by a server that is about to end
 * @throws {InvalidEnvironment} naming the variable
 */
export async function demandAddress(place: Place, mayBeInUse: boolean): Promise<void> {
  try {
    await lookup(place.host);
    await listenForAMoment(place);
  } catch (error) {
    if (mayBeInUse && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return;
    throw refusalOf(error, place);
  }
}

async function listenForAMoment({ host, port }: Place): Promise<void> {
  const server = createServer().listen({ host, port });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/**
 * Lets an application listen on each address of the host: `localhost` may have two, 127.0.0.1 and ::1.
 *
 * @returns those that are not the web server's own
 * @throws {InvalidEnvironment} naming the variable, if the machine refuses this host and port
 */
export async function listenAt(place: Place, app: NestFastifyApplication): Promise<MoreListeners> {
  const more = new MoreListeners(app.getHttpAdapter().getInstance());
  try {
    const [first = place.host, ...others] = await addressesOf(place.host);
    await app.listen(place.port, first);
    for (const address of others) await more.open(address, place.port);
  } catch (error) {
    throw refusalOf(error, place);
  }
  return more;
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (host !== 'localhost') return [host];
  const found = await lookup(host, { all: true });
  return [...new Set(found.map(({ address }) => address))];
}

/** The sentence for the errors of getaddrinfo(3), bind(2) and listen(2) that an operator can fix; other errors stay. */
function refusalOf(error: unknown, { host, port }: Place): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  const [name, at] = [`${VARIABLES.host.name} (${JSON.stringify(host.slice(0, 100))})`, VARIABLES.port.name];
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `${at} ${port} is in use by another program. Stop it, or set ${at} to another one.`,
    EACCES: `${at} ${port} may not be used by this user. Set ${at} to 1024 or more.`,
    EADDRNOTAVAIL: `${name} ${NO_ADDRESS}`,
    ENOTFOUND: `${name} ${NO_ADDRESS}`,
    EAI_AGAIN: `${name} could not be resolved, as the name server does not answer. Set it to an IP address.`,
    EINVAL: `${name} ${NO_ADDRESS}`,
  };
  const sentence = sentences[code];
  return sentence ? new InvalidEnvironment([`${sentence} (${code})`]) : error;
}
