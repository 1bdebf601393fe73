import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { certificatesIn } from '../../common/crypto/certificates.js';
import { publicUrlOf } from '../../config/public-urls.js';
import { CERTIFICATE_PATH } from '../../registry/keys/index.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { storedCertificates } from '../stored-certificates.js';

const codes = declareCodes({
  BUNDLE_NOT_NAMED: {
    severity: 'note',
    why: 'Whether a registry trusts the tokens of this installation was not examined.',
  },
  BUNDLE_UNREADABLE: {
    severity: 'error',
    why: 'A registry with such a bundle does not start, or refuses every token.',
  },
  BUNDLE_WITHOUT_OURS: { severity: 'error', why: 'The registry refuses every token of this installation.' },
  BUNDLE_WITH_OTHERS: {
    severity: 'note',
    why: 'Whoever holds the key of another certificate can sign tokens for this registry.',
  },
});

const MOST_BYTES = 1024 * 1024;

/** Whether the certificates that a registry trusts hold that of this installation. */
export const registryBundle: Examination = {
  id: 'REGISTRY_BUNDLE',
  title: 'Certificates that the registry trusts',
  codes,
  run: async (context) => {
    const { registryBundle: path } = context.questions;
    if (path === undefined) return { findings: [notNamed()], well: null };
    const bundle = certificatesIn(await beginningOf(path));
    if (bundle.length === 0) {
      const found = `${path} can't be read, or holds no certificate.`;
      return { findings: [codes.BUNDLE_UNREADABLE(found, saving(context, path))], well: null };
    }
    const ours = await storedCertificates(context);
    const prints = new Map(ours.map((one) => [new X509Certificate(one.certificate).fingerprint256, one.service]));
    const found = bundle.filter(({ fingerprint256 }) => prints.has(fingerprint256));
    return {
      findings: bundleFindings(context, path, bundle, found),
      well: `${path} holds the certificate of this installation.`,
    };
  },
};

const notNamed = () =>
  codes.BUNDLE_NOT_NAMED('No bundle was named.', "Give --registry-bundle and the registry's rootcertbundle.");

function bundleFindings(
  context: DoctorContext,
  path: string,
  bundle: readonly X509Certificate[],
  ours: readonly X509Certificate[],
): Finding[] {
  const others = bundle.filter((one) => !ours.includes(one)).map(({ subject }) => subject.replaceAll('\n', ', '));
  if (ours.length === 0) {
    const found = `${path} does not hold the certificate of this installation, but: ${others.join('; ')}.`;
    return [codes.BUNDLE_WITHOUT_OURS(found, saving(context, path))];
  }
  if (others.length === 0) return [];
  return [
    codes.BUNDLE_WITH_OTHERS(
      `${path} also holds: ${others.join('; ')}.`,
      'Remove those that no other token service needs.',
    ),
  ];
}

function saving({ environment }: DoctorContext, path: string): string {
  return `Save ${publicUrlOf(environment, CERTIFICATE_PATH)} in ${path}, and restart the registry.`;
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await file.close();
  }
}
