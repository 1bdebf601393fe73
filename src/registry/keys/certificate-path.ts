import type { RegistryService } from '../../config/env.js';

/** The path of the certificate that services share; that of a service with one of its own follows it. */
export const CERTIFICATE_PATH = '/service/certificate';

/** The path of the certificate with which registries of a service verify tokens. */
export function certificatePathOf({ name, hasOwnCertificate }: RegistryService): string {
  return hasOwnCertificate ? `${CERTIFICATE_PATH}/${encodeURIComponent(name)}` : CERTIFICATE_PATH;
}
