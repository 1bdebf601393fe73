import { parseTimestamp } from '../common/persistence/stored-timestamp.js';
import type { Stored } from '../common/persistence/stored-timestamp.js';
import type { keyOf } from '../registry/keys/index.js';
import type { DoctorContext } from './doctor-context.js';

/** A key of registry tokens, or of their certificate, as it is sealed. */
export type SigningKey = Parameters<typeof keyOf>[0];

const KEYS = `SELECT id, key_use AS \`use\`, sealed_private_key AS sealedPrivateKey, certificate, signs_from AS signsFrom
  FROM signing_keys`;
const OF_SERVICE = 'SELECT certificate FROM service_keys WHERE service_name = ? ORDER BY signs_from';

/** The stored keys of registry tokens, as they are sealed. */
export async function storedSigningKeys(context: DoctorContext): Promise<SigningKey[]> {
  const rows = await (await context.database()).rows<Stored<SigningKey>>(KEYS);
  return rows.map((row) => ({ ...row, signsFrom: parseTimestamp(row.signsFrom) }));
}

/** A certificate that a registry needs in its `rootcertbundle`. */
export interface WantedCertificate {
  /** The service, or null for the certificate that all others share. */
  readonly service: string | null;
  /** In PEM. */
  readonly certificate: string;
}

/** The certificates of this installation: the shared one, and those of services that have one of their own. */
export async function storedCertificates(context: DoctorContext): Promise<WantedCertificate[]> {
  const shared = (await storedSigningKeys(context)).flatMap(({ certificate }) => (certificate ? [certificate] : []));
  const database = await context.database();
  const services = context.environment.registryServices.filter(({ hasOwnCertificate }) => hasOwnCertificate);
  const own = services.map(async ({ name }) => {
    const rows = await database.rows<{ certificate: string }>(OF_SERVICE, [name]);
    return rows.map(({ certificate }) => ({ service: name, certificate }));
  });
  return [...shared.map((certificate) => ({ service: null, certificate })), ...(await Promise.all(own)).flat()];
}
