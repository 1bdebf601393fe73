import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { certificatesIn } from '../common/crypto/certificates.js';

/** The TLS options of the connections to a database server, as its driver takes them. */
export interface DatabaseTls {
  readonly rejectUnauthorized: boolean;
  readonly verifyIdentity: boolean;
  /** Certificates of authorities, as PEM; without them, those of Node count. */
  readonly ca?: string;
}

/** The modes of MySQL (MySQL 8.4 reference, section 8.3.1), except PREFERRED: a man in the middle can turn that off. */
const MODES: Readonly<Record<string, Omit<DatabaseTls, 'ca'> | null>> = {
  DISABLED: null,
  REQUIRED: { rejectUnauthorized: false, verifyIdentity: false },
  VERIFY_CA: { rejectUnauthorized: true, verifyIdentity: false },
  VERIFY_IDENTITY: { rejectUnauthorized: true, verifyIdentity: true },
};

const PARAMETERS = new Set(['ssl-mode', 'ssl-ca']);

/**
 * The TLS options in the parameters of a database URL: `ssl-mode`, and `ssl-ca` with the path of a file.
 *
 * @returns null for no encryption, undefined if the parameters are not valid
 */
export function databaseTlsOf(parameters: URLSearchParams, host: string): DatabaseTls | null | undefined {
  const names = [...parameters.keys()];
  if (names.some((name) => !PARAMETERS.has(name)) || new Set(names).size < names.length) return undefined;
  const file = parameters.get('ssl-ca');
  const mode = MODES[parameters.get('ssl-mode')?.toUpperCase() ?? 'DISABLED'];
  if (!mode) return file === null ? mode : undefined;
  // The driver only compares host names, not IP addresses.
  if (mode.verifyIdentity && isIP(host) !== 0) return undefined;
  if (file === null) return mode;
  const ca = certificatesIn(textOf(file)).join('');
  return ca === '' ? undefined : { ...mode, ca };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
