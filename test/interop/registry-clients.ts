import { Ended, StockRegistry } from '../support/stock-registry.js';
import { join } from 'node:path';
import { prepared } from './prepared.js';

/** What a registry client does, by its own commands. Images are tagged v1; it has no credentials but those that it logged in with. */
export interface RegistryClient {
  logIn(username: string, secret: string): Promise<Ended>;
  push(repository: string): Promise<Ended>;
  tags(repository: string): Promise<Ended>;
  /** Reads the manifest and all that belongs to it. */
  pull(repository: string): Promise<Ended>;
  repositories(): Promise<Ended>;
  remove(repository: string): Promise<Ended>;
}

type ClientAt = (registry: StockRegistry, home?: string) => RegistryClient;

/** The clients by name; each home keeps other credentials. */
export const CLIENTS: Readonly<Record<string, ClientAt>> = {
  crane: (registry, home) => {
    const crane = runner(registry, 'crane', home);
    const named = (repository: string) => `${registry.address}/${repository}`;
    return {
      logIn: (username, secret) =>
        crane(['auth', 'login', registry.address, '-u', username, '--password-stdin'], secret),
      push: (repository) => crane(['push', registry.path('image'), `${named(repository)}:v1`]),
      tags: (repository) => crane(['ls', named(repository)]),
      pull: (repository) => crane(['pull', `${named(repository)}:v1`, registry.path('crane.tar')]),
      repositories: () => crane(['catalog', registry.address]),
      remove: async (repository) => {
        const { output } = await crane(['digest', `${named(repository)}:v1`]);
        return crane(['delete', `${named(repository)}@${output.trim()}`]);
      },
    };
  },
  oras: (registry, home) => {
    const oras = runner(registry, 'oras', home);
    const named = (repository: string) => `${registry.address}/${repository}`;
    const layout = `${registry.path('image')}:v1`;
    return {
      logIn: (username, secret) =>
        oras(['login', '--plain-http', registry.address, '-u', username, '--password-stdin'], secret),
      push: (repository) => oras(['cp', '--from-oci-layout', layout, '--to-plain-http', `${named(repository)}:v1`]),
      tags: (repository) => oras(['repo', 'tags', '--plain-http', named(repository)]),
      pull: (repository) =>
        oras(['cp', '--from-plain-http', `${named(repository)}:v1`, '--to-oci-layout', `${registry.path('oras')}:v1`]),
      repositories: () => oras(['repo', 'ls', '--plain-http', registry.address]),
      remove: (repository) => oras(['manifest', 'delete', '--force', '--plain-http', `${named(repository)}:v1`]),
    };
  },
  regctl: (registry, home) => {
    const run = runner(registry, 'regctl', home);
    const place = ['--verbosity', 'error', '--host', `reg=${registry.address},tls=disabled`];
    const regctl: Run = (args, input) => run([...place, ...args], input);
    const named = (repository: string) => `${registry.address}/${repository}`;
    return {
      logIn: (username, secret) =>
        regctl(['registry', 'login', registry.address, '-u', username, '--pass-stdin'], secret),
      push: (repository) =>
        regctl(['image', 'copy', `ocidir://${registry.path('image')}:v1`, `${named(repository)}:v1`]),
      tags: (repository) => regctl(['tag', 'ls', named(repository)]),
      pull: (repository) => regctl(['image', 'export', `${named(repository)}:v1`, registry.path('regctl.tar')]),
      repositories: () => regctl(['repo', 'ls', registry.address]),
      remove: async (repository) => {
        const { output } = await regctl(['image', 'digest', `${named(repository)}:v1`]);
        return regctl(['manifest', 'delete', `${named(repository)}@${output.trim()}`]);
      },
    };
  },
};

type Run = (args: readonly string[], input?: string) => Promise<Ended>;

function runner(registry: StockRegistry, name: string, home = name): Run {
  const program = join(prepared(name), name);
  return (args, input) => registry.client(program, args, { input, home });
}
