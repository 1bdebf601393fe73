import { DemoRefusal } from './refusal.js';
import { ReservedPort } from './reserved-port.js';

/** The ports of the parts. */
export interface Ports {
  readonly mooring: number;
  readonly provider: number;
  readonly registry: number;
}

/** The ports of a first start. */
export const DEFAULT_PORTS: Ports = { mooring: 8080, provider: 8090, registry: 5000 };

/** A part of the demo that listens. */
export type PartName = keyof Ports;

const NAMES: Readonly<Record<PartName, { readonly name: string; readonly flag: string }>> = {
  mooring: { name: 'Mooring', flag: '--port' },
  provider: { name: 'the provider', flag: '--provider-port' },
  registry: { name: 'the registry', flag: '--registry-port' },
};
const TRIES = 200;

/** A choice of a port. */
export interface Choice {
  readonly port: ReservedPort;
  /** The port that was wanted and is taken. */
  readonly instead?: number;
}

/**
 * Reserves the port that was given for a part, or else the wanted one, or else a free one above it.
 *
 * @param others ports that belong to the other parts
 * @throws {DemoRefusal} if the given one is taken, or none is free
 */
export async function choosePort(
  part: PartName,
  given: number | undefined,
  wanted: number,
  others: readonly number[],
): Promise<Choice> {
  const { name, flag } = NAMES[part];
  if (given !== undefined) {
    const port = await ReservedPort.take(given);
    if (port) return { port };
    throw new DemoRefusal(
      `Port ${given}, given for ${name}, is taken by another program. End that program, or choose another port by ${flag}.`,
    );
  }
  const port = await firstFree(wanted, others);
  if (!port) throw new DemoRefusal(`No port is free for ${name}. Choose one by ${flag}.`);
  return port.number === wanted ? { port } : { port, instead: wanted };
}

async function firstFree(from: number, others: readonly number[]): Promise<ReservedPort | undefined> {
  for (let number = from; number < Math.min(from + TRIES, 65_536); number++) {
    const port = others.includes(number) ? undefined : await ReservedPort.take(number);
    if (port) return port;
  }
  return undefined;
}

/** The sentence about a port that was not the wanted one. */
export function portNote(part: PartName, { port, instead }: Choice): string {
  const { name, flag } = NAMES[part];
  const subject = name.charAt(0).toUpperCase() + name.slice(1);
  return `Port ${instead} is taken: ${subject} uses ${port.number}. (${flag} chooses one.)`;
}
