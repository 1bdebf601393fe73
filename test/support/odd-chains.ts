import * as x509 from '@peculiar/x509';
import { readFileSync } from 'node:fs';
import { SecureVersion } from 'node:tls';
import { Clock } from '../../src/common/runtime/clock.js';
import { inspectProvider } from '../../src/oidc/inspection/index.js';
import { Certified, selfSignedServer, TestAuthority } from './certificates.js';

/** A case of test/cases/trust-and-network.json. */
export interface ChainCase {
  readonly id: string;
  readonly served: readonly string[];
  readonly maxVersion?: SecureVersion;
  readonly caCertificates: readonly string[];
  readonly verifyCertificate?: boolean;
  readonly detail: string;
  /** Undefined where the certificate is trusted. */
  readonly remedy?: string;
}

/** The cases of certificates. */
export const CHAIN_CASES = (
  JSON.parse(readFileSync(new URL('../cases/trust-and-network.json', import.meta.url), 'utf8')) as {
    readonly chains: readonly ChainCase[];
  }
).chains;

/** Every certificate that the cases name. */
export type NamedCertificates = ReadonlyMap<string, Certified>;

/** Issues the certificates. */
export async function namedCertificates(): Promise<NamedCertificates> {
  const root = await TestAuthority.root();
  const intermediate = await root.intermediate();
  const ofAuthority = ({ cert }: TestAuthority) => ({ cert, key: '' });
  return new Map([
    ['root', ofAuthority(root)],
    ['intermediate', ofAuthority(intermediate)],
    ['server', await intermediate.forServer()],
    ['self-signed', await selfSignedServer()],
    ['expired', await intermediate.forServer({ endsInDays: -2 })],
    ['other host', await intermediate.forServer({ hosts: ['id.other.example'] })],
    ['of a client', await intermediate.forServer({ usage: x509.ExtendedKeyUsage.clientAuth })],
  ]);
}

/** The named certificates in one text, and the key of the first. */
export function bundleOf(names: readonly string[], certificates: NamedCertificates): Certified {
  const named = names.map((name) => certificates.get(name)!);
  return { cert: named.map(({ cert }) => cert).join(''), key: named[0]?.key ?? '' };
}

/** The lines of the provider test about an address and its certificate. */
export async function testedLines(
  endpoint: string,
  { caCertificates, verifyCertificate = true }: ChainCase,
  certificates: NamedCertificates,
) {
  const ca = bundleOf(caCertificates, certificates).cert;
  const settings = {
    ...{ issuer: endpoint, clientId: null, clientSecret: null, scopes: ['openid'], redirectUri: 'https://m.example/c' },
    ...{ groupsClaim: null, groupsKeptHours: 24, userClaim: null, logout: false },
    ...{ verifyCertificate, caCertificates: ca === '' ? null : ca },
  };
  const checks = await inspectProvider(settings, new Clock(), 120_000);
  const of = (name: string) => checks.find((one) => String(one.name) === name)!;
  return { reachable: of('REACHABLE'), tls: of('TLS') };
}
