import { CLOCK_TOLERANCE_SECONDS } from '../provider/signing-keys.js';
import { ProviderUnavailable } from '../provider/provider.errors.js';
import { IS_THE_ISSUER } from './discovery-check.js';
import { failed, Finding, passed, ProviderCheckName, skipped, warning } from './provider-report.js';

const CERTIFICATE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_)/;
const SELF_SIGNED = /^(DEPTH_ZERO|SELF_SIGNED)/;
const TRUST =
  'Add the CA certificate to the settings (caCertificates) or, only for a trial, turn verifyCertificate off.';

/** What is found if the document can't be read. */
export type Findings = Partial<Record<ProviderCheckName, Finding>>;

/** Every cause of a finding about the connection and the certificate, with its remedy. */
export const CONNECTION = {
  reached: () => passed('The provider answers.'),
  silent: (reason: string) =>
    failed(`No answer (${reason}).`, 'Check the endpoint, DNS, and whether a firewall blocks the connection.'),
  plain: () => skipped('Plain http, which is allowed on a loopback address.'),
  trusted: () => passed('The certificate is trusted.'),
  unverified: () =>
    warning(
      'The certificate is not verified: an attacker in the network could read and change everything.',
      'Add the CA certificate to the settings instead, and verify the certificate.',
    ),
  selfSigned: (reason: string) =>
    failed(`The certificate is self-signed, or signed by a private CA (${reason}).`, TRUST),
  expired: (reason: string) =>
    failed(`The certificate has expired, or is not valid yet (${reason}).`, 'Renew the certificate of the provider.'),
  otherName: (reason: string) =>
    failed(
      `The certificate is not for this host name (${reason}).`,
      'Use the host name of the certificate in the endpoint, or get a certificate for this one.',
    ),
  untrusted: (reason: string) => failed(`The certificate is not trusted (${reason}).`, TRUST),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** Every cause of a finding about the clocks, with its remedy. */
export const CLOCK = {
  unknown: () => skipped('The provider sends no Date header.'),
  agree: () => passed('Both clocks agree.'),
  apart: (seconds: number) =>
    warning(
      `The clocks are ${seconds} seconds apart; at most ${CLOCK_TOLERANCE_SECONDS} are tolerated.`,
      'Synchronise the clocks of both servers (NTP).',
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** What is found of the certificate of a provider that answered. */
export function tlsFinding(settings: { readonly issuer: string; readonly verifyCertificate: boolean }): Finding {
  if (new URL(settings.issuer).protocol === 'http:') return CONNECTION.plain();
  return settings.verifyCertificate ? CONNECTION.trusted() : CONNECTION.unverified();
}

/** Compares the `Date` of an answer with our clock. */
export function clockFinding(date: string | null, now: Date): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return CLOCK.unknown();
  const apart = Math.round(Math.abs(theirs - now.getTime()) / 1000);
  return apart <= CLOCK_TOLERANCE_SECONDS ? CLOCK.agree() : CLOCK.apart(apart);
}

/** What is found if there is no usable answer to the first question. */
export function unreachedFindings(failure: Error & { readonly detail?: string }): Findings {
  const reason = failure.detail ?? failure.message;
  if (CERTIFICATE.test(reason)) return { REACHABLE: CONNECTION.reached(), TLS: certificateFinding(reason) };
  if (failure instanceof ProviderUnavailable) return { REACHABLE: CONNECTION.silent(reason) };
  return {
    REACHABLE: CONNECTION.reached(),
    DISCOVERY_DOCUMENT: failed(`No usable discovery document (${reason}).`, IS_THE_ISSUER),
  };
}

function certificateFinding(reason: string): Finding {
  if (SELF_SIGNED.test(reason)) return CONNECTION.selfSigned(reason);
  if (/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)/.test(reason)) return CONNECTION.expired(reason);
  return /ALTNAME/.test(reason) ? CONNECTION.otherName(reason) : CONNECTION.untrusted(reason);
}
