import { redirectUriOf } from '../../config/public-urls.js';
import { clientKeyRingOf } from '../../oidc/client-keys/index.js';
import { inspectProvider, ProviderCheckName, ProviderCheckStatus } from '../../oidc/inspection/index.js';
import { parseTimestamp, StoredTimestamp } from '../../common/persistence/stored-timestamp.js';
import type { AssertionAlgorithm, AssertionKeys } from '../../common/crypto/assertion-key.js';
import { scopesOf } from '../../settings/oidc-setting-problems.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { settingsInForce } from '../stored-settings.js';

const codes = declareCodes({
  PROVIDER_FAILED: { severity: 'error', why: 'Nobody can log in at the provider, or expired logins are not renewed.' },
  PROVIDER_FAILED_UNUSED: {
    severity: 'warning',
    why: 'Nobody logs in at the provider while the auth mode is DATABASE; after a switch to OIDC nobody could.',
  },
  PROVIDER_WARNING: {
    severity: 'warning',
    why: 'Some people cannot log in, or something is missing after their login.',
  },
  PROVIDER_NOT_SET: { severity: 'note', why: 'Only local accounts can log in.' },
  PROVIDER_MISSING: {
    severity: 'error',
    why: 'The auth mode is OIDC, so that nobody but the built-in administrator can log in.',
  },
});

const KEYS = `SELECT id, algorithm, sealed_private_key AS sealedPrivateKey, signs_from AS signsFrom FROM client_keys`;

/** The test of the OIDC provider, on the settings in force. Its result is not stored. */
export const provider: Examination = {
  id: 'PROVIDER',
  title: 'OpenID provider',
  codes,
  run: async (context) => {
    const { oidc, authMode } = await settingsInForce(context);
    if (oidc.endpoint === null) return { findings: [notSet(authMode)], well: null };
    context.demand('publicUrl');
    const { environment } = context;
    const own = { redirectUri: redirectUriOf(environment), egress: environment.egress };
    const asked = { ...own, issuer: oidc.endpoint, scopes: scopesOf(oidc.scope), assertionKeys: keysOf(context) };
    const checks = await inspectProvider({ ...oidc, ...asked }, context.clock);
    // What clients say of the realm is an examination of its own.
    const told = checks.filter(({ name }) => name !== ProviderCheckName.REGISTRY_CLIENTS);
    const findings = told.flatMap((check) => checkFindings(check, authMode));
    const passed = told.filter(({ status }) => status === ProviderCheckStatus.PASSED).length;
    return { findings, well: `${oidc.endpoint} passes ${passed} checks; the others need a login.` };
  },
};

type ProviderCheck = Awaited<ReturnType<typeof inspectProvider>>[number];

export function checkFindings(
  { name, status, detail, remedy }: Pick<ProviderCheck, 'name' | 'status' | 'detail' | 'remedy'>,
  authMode: string,
): Finding[] {
  const found = `${name}: ${detail}`;
  const ofFailure = authMode === 'OIDC' ? codes.PROVIDER_FAILED : codes.PROVIDER_FAILED_UNUSED;
  if (status === ProviderCheckStatus.FAILED) return [ofFailure(found, remedy)];
  return status === ProviderCheckStatus.WARNING ? [codes.PROVIDER_WARNING(found, remedy)] : [];
}

function notSet(authMode: string): Finding {
  if (authMode !== 'OIDC') return codes.PROVIDER_NOT_SET('No provider is configured.');
  return codes.PROVIDER_MISSING(
    'No provider is configured.',
    'Set oidc.endpoint, client ID and client secret in the portal.',
  );
}

/** The keys of `private_key_jwt`. None is made here: the server makes the first ones when they are needed. */
function keysOf(context: DoctorContext): AssertionKeys {
  return async (algorithm: AssertionAlgorithm) => {
    const [database, { cipher }] = [await context.database(), await context.installation()];
    const rows = await database.rows<StoredKey>(KEYS);
    const ring = clientKeyRingOf(
      rows.map((row) => ({ ...row, signsFrom: parseTimestamp(row.signsFrom) })),
      cipher,
    );
    const key = ring.signingAt(algorithm, context.clock.now());
    if (!key) throw new Error('There is no key for client assertions yet.');
    return { kid: key.jwk.kid, privateKey: key.privateKey };
  };
}

interface StoredKey {
  readonly id: string;
  readonly algorithm: AssertionAlgorithm;
  readonly sealedPrivateKey: string;
  readonly signsFrom: StoredTimestamp;
}
