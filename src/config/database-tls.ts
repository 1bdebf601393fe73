import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** How the connections to a database server are encrypted, as its driver takes it. */
export interface DatabaseTls {
  readonly rejectUnauthorized: boolean;
  readonly verifyIdentity: boolean;
  /** Certificates of authorities, as PEM; those of Node where there are none. */
  readonly ca?: string;
}

/** The modes as MySQL names them (MySQL 8.4 reference, section 8.3.1), but for PREFERRED, which anybody in between can undo. */
const MODES: Readonly<Record<string, Omit<DatabaseTls, 'ca'> | null>> = {
  DISABLED: null,
  REQUIRED: { rejectUnauthorized: false, verifyIdentity: false },
  VERIFY_CA: { rejectUnauthorized: true, verifyIdentity: false },
  VERIFY_IDENTITY: { rejectUnauthorized: true, verifyIdentity: true },
};

const PARAMETERS = new Set(['ssl-mode', 'ssl-ca']);
const CERTIFICATE = /-----BEGIN CERTIFICATE-----/;

/**
 * What the parameters of a database URL say of encryption: `ssl-mode`, and `ssl-ca` with the path of a file.
 *
 * @returns null where there is to be none, undefined where the parameters say nothing that can be done
 */
export function databaseTlsOf(parameters: URLSearchParams, host: string): DatabaseTls | null | undefined {
  const names = [...parameters.keys()];
  if (names.some((name) => !PARAMETERS.has(name)) || new Set(names).size < names.length) return undefined;
  const file = parameters.get('ssl-ca');
  const mode = MODES[parameters.get('ssl-mode')?.toUpperCase() ?? 'DISABLED'];
  if (!mode) return file === null ? mode : undefined;
  // The driver compares names alone.
  if (mode.verifyIdentity && isIP(host) !== 0) return undefined;
  if (file === null) return mode;
  const ca = textOf(file);
  return CERTIFICATE.test(ca) ? { ...mode, ca } : undefined;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
