import { X509Certificate } from 'node:crypto';
import { keyOf } from '../../registry/keys/index.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { SigningKey, storedSigningKeys } from '../stored-certificates.js';

const codes = declareCodes({
  SIGNING_KEY_UNOPENED: {
    severity: 'error',
    why: 'Registries refuse the tokens of this key, or no token can be signed.',
  },
  SIGNING_KEYS_MISSING: { severity: 'warning', why: 'Registry clients get no token until a server has made the keys.' },
  SIGNING_KEY_OLD: { severity: 'note', why: 'A key that was copied unnoticed can be used for as long as it counts.' },
  CERTIFICATE_ENDS: {
    severity: 'warning',
    why: 'Registries refuse every token when their copy of the certificate has expired.',
  },
});

const DAY = 86_400_000;
const OLD_DAYS = 366;
const SOON_DAYS = 90;
const isOfTokens = ({ certificate }: SigningKey) => certificate === null;

/** The keys that sign registry tokens. */
export const signingKeys: Examination = {
  id: 'SIGNING_KEYS',
  title: 'Keys of registry tokens',
  codes,
  run: async (context) => {
    const [rows, installation] = [await storedSigningKeys(context), await context.installation()];
    const now = context.clock.now();
    if (!rows.some(isOfTokens) || rows.every(isOfTokens)) {
      const found = 'The keys of registry tokens are not there yet.';
      return { findings: [codes.SIGNING_KEYS_MISSING(found, 'Start the server, which makes them.')], well: null };
    }
    const unopened = rows.filter((row) => keyOf(row, installation.cipher) === null);
    const findings = [
      ...unopened.map(unopenedFinding),
      ...rows.flatMap((row) => endFindings(row, now)),
      ...ageFindings(rows, now),
    ];
    const count = rows.filter(isOfTokens).length;
    return { findings, well: `${count} of them and the certificate can be opened.` };
  },
};

function unopenedFinding({ id, certificate }: SigningKey): Finding {
  const what = certificate === null ? `The signing key ${id}` : 'The key of the certificate for registries';
  const fix =
    certificate === null
      ? 'Run "mooring keys rotate", or restore a backup whose key you have.'
      : 'Restore a backup whose encryption key you have: registries would have to get another certificate.';
  return codes.SIGNING_KEY_UNOPENED(`${what} can't be decrypted with the encryption key.`, fix);
}

export function ageFindings(rows: readonly SigningKey[], now: Date): Finding[] {
  const newest = Math.max(...rows.filter(isOfTokens).map(({ signsFrom }) => signsFrom.getTime()));
  const days = Math.floor((now.getTime() - newest) / DAY);
  if (days < OLD_DAYS) return [];
  return [
    codes.SIGNING_KEY_OLD(
      `The newest signing key is ${days} days old.`,
      'Run "mooring keys rotate"; registries need no change.',
    ),
  ];
}

export function endFindings({ certificate }: Pick<SigningKey, 'certificate'>, now: Date): Finding[] {
  if (certificate === null) return [];
  const { validTo } = new X509Certificate(certificate);
  if (new Date(validTo).getTime() - now.getTime() > SOON_DAYS * DAY) return [];
  const fix = 'Set the clock of this machine right; if it is right, plan a new certificate for every registry.';
  return [codes.CERTIFICATE_ENDS(`The certificate for registries is valid until ${validTo} only.`, fix)];
}
