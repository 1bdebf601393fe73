import { parseArgs } from 'node:util';
import { DEFAULT_PORTS, Ports } from './ports.js';
import { DemoRefusal, USAGE } from './refusal.js';

/** The command line of the demo. */
export interface DemoOptions {
  readonly help: boolean;
  /** Whether the files of earlier starts are deleted first. */
  readonly fresh: boolean;
  /** Whether the server and the portal are built first. */
  readonly build: boolean;
  /** The ports that were given. */
  readonly ports: Partial<Ports>;
}

/** The text of `--help`. */
export const HELP = `Usage: npm run demo -- [flags]

Starts Mooring with a real OpenID provider and, where docker-registry or registry is on the PATH, a real registry;
and says what to do next. Everything listens on this machine only, and is kept in data/demo. Ctrl-C ends the demo,
Ctrl-C twice ends it at once.

  --port N           the port of Mooring (${DEFAULT_PORTS.mooring})
  --provider-port N  the port of the provider (${DEFAULT_PORTS.provider})
  --registry-port N  the port of the registry (${DEFAULT_PORTS.registry})
  --fresh            delete what earlier starts left in data/demo, and begin anew
  --help             this text

Without a flag the port of the last start is used, at first the one in brackets, or a free one if it is taken.

Exit code: 0 after Ctrl-C, SIGTERM or SIGHUP, 1 if the demo can't start or a part of it ends by itself, ${USAGE} for wrong
flags, 128 and the number of the signal if it was ended at once.
`;

const FLAGS = {
  help: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
  build: { type: 'boolean', default: false },
  port: { type: 'string' },
  'provider-port': { type: 'string' },
  'registry-port': { type: 'string' },
} as const;
const SEE_HELP = 'See: npm run demo -- --help';
const HIGHEST_PORT = 65_535;

/**
 * Reads the command line.
 *
 * @throws {DemoRefusal} if it is wrong
 */
export function optionsOf(args: readonly string[]): DemoOptions {
  const { values, positionals } = parsed(args);
  // npm takes flags before "--" as its own, and hands on their values.
  if (positionals.length > 0)
    throw usage(`"${positionals.join(' ')}" is not a flag. Flags stand after "--": npm run demo -- --port 9000`);
  const ports: Partial<Ports> = {
    ...portIn('mooring', '--port', values.port),
    ...portIn('provider', '--provider-port', values['provider-port']),
    ...portIn('registry', '--registry-port', values['registry-port']),
  };
  const given = Object.values(ports);
  if (new Set(given).size < given.length) throw usage('Each part needs a port of its own.');
  return { help: values.help, fresh: values.fresh, build: values.build, ports };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message.split('. ')[0] ?? '');
  }
}

function portIn(part: keyof Ports, flag: string, text: string | undefined): Partial<Ports> {
  if (text === undefined) return {};
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > HIGHEST_PORT) throw usage(`${flag} must be a number from 1 to ${HIGHEST_PORT}.`);
  return { [part]: port };
}

function usage(problem: string): DemoRefusal {
  return new DemoRefusal(`${problem.replace(/\.?$/, '.')} ${SEE_HELP}`, USAGE);
}
