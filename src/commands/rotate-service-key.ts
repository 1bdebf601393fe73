import { AuditOutcome, AuditService } from '../audit/index.js';
import { Environment, RegistryService } from '../config/env.js';
import { publicUrlOf } from '../config/public-urls.js';
import { certificatePathOf, ServiceKeys } from '../registry/keys/index.js';
import { SigningKeysModule } from '../registry/keys/signing-keys.module.js';
import { BY_THIS_MACHINE, commandEnvironment, inInstallation, tellInstallation } from './command-context.js';
import { UsageError } from './usage-error.js';

/** A key of a service that was added, or whose time was changed. */
export interface RotatedServiceKey {
  readonly service: string;
  readonly kid: string;
  /** When its certificate counts, in ISO 8601. */
  readonly signsFrom: string;
  /** The URL of the certificates of the service. */
  readonly certificate: string;
}

/**
 * Announces the next certificate of a service, in the database that the environment names; running servers publish and use
 * it. If one is announced already, its time changes.
 *
 * @param minutesAhead minutes until it counts
 * @throws {UsageError} if the environment lists no such service with a certificate of its own
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function rotateServiceKey(name: string, minutesAhead: number): Promise<RotatedServiceKey> {
  const environment = commandEnvironment();
  const service = serviceNamed(name, environment);
  await tellInstallation(environment);
  return inInstallation(environment, [SigningKeysModule], async (app) => {
    const { id, kid, signsFrom } = await app.get(ServiceKeys).rotate(name, minutesAhead);
    await app.get(AuditService).write({
      action: 'service_key.rotate',
      target: { type: 'service_key', id, label: name },
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
    });
    const certificate = publicUrlOf(environment, certificatePathOf(service));
    return { service: name, kid, signsFrom: signsFrom.toISOString(), certificate };
  });
}

/** What an operator has to do now, in sentences. */
export function tellRotatedServiceKey(
  { service, signsFrom, certificate }: RotatedServiceKey,
  minutesAhead: number,
): string {
  if (minutesAhead === 0)
    return `The new certificate of ${service} counts now. A registry that does not have it yet refuses every new token: ${certificate}`;
  return [
    `The next certificate of ${service} counts from ${signsFrom}: ${certificate}?next`,
    'Add it at once to the file of a registry that reads several certificates. In the file of one that reads only the first, such as zot, put it in the place of the other at that time, and restart the registry; --after 0 makes it count at once.',
  ].join('\n');
}

function serviceNamed(wanted: string, { registryServices }: Environment): RegistryService {
  const own = registryServices.filter(({ hasOwnCertificate }) => hasOwnCertificate);
  const service = own.find(({ name }) => name === wanted);
  if (service) return service;
  const names = own.length > 0 ? own.map(({ name }) => name).join(', ') : 'there is none';
  throw new UsageError('--service', `must be a name that REGISTRY_SERVICES lists with ;key=certificate: ${names}.`);
}
