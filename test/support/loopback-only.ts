import { Socket } from 'node:net';

// Disables the network for every suite: a connection to another machine throws.
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

type Connect = (this: Socket, ...args: unknown[]) => Socket;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own socket below
const connect = Socket.prototype.connect as Connect;

function hostOf(argument: unknown): string | undefined {
  const options = (Array.isArray(argument) ? argument[0] : argument) as { host?: string; path?: string } | undefined;
  return options?.path ? undefined : options?.host;
}

Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args[0]);
  if (host && !LOOPBACK.test(host)) throw new Error(`A test tried to reach ${host}; tests stay on loopback.`);
  return connect.apply(this, args);
};
