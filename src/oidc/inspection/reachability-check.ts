import { ProxyServer, proxyInWords } from '../../common/network/egress-proxy.js';
import { LINK_LOCAL_REFUSED } from '../provider/link-local.js';
import { CLOCK_TOLERANCE_SECONDS } from '../provider/signing-keys.js';
import { PresentedChain } from '../provider/presented-chain.js';
import { ProviderUnavailable } from '../provider/provider.errors.js';
import { TlsFault, tlsFaultOf } from '../provider/tls-failure.js';
import { ownListsInWords } from '../../common/network/trusted-certificates.js';
import { OF_PROXY } from '../provider/tunnel.js';
import { IS_THE_ISSUER } from './discovery-check.js';
import { failed, Finding, passed, ProviderCheckName, skipped, warning } from './provider-report.js';
import { quote } from './quoted-words.js';

const ADD_CA = 'Add the CA certificate to the settings (caCertificates); an intermediate one is enough.';
const OWN_LISTS = `Trusted are caCertificates and ${ownListsInWords()}.`;
const CLOCKS = 'If it is valid, set the clock of this server (NTP).';

/** A failed exchange; `detail` is from a fixed vocabulary. */
export type ExchangeFailure = Error & { readonly detail?: string };

/** What is found if the document can't be read. */
export type Findings = Partial<Record<ProviderCheckName, Finding>>;

/** Every cause of a finding about the connection and the certificate, with its remedy. */
export const CONNECTION = {
  reached: (proxy: ProxyServer | null = null) =>
    passed(proxy ? `The provider answers, through ${proxyInWords(proxy)}.` : 'The provider answers.'),
  proxyWantsCredentials: (proxy: ProxyServer) =>
    failed(
      `No answer: ${proxyInWords(proxy)} wants other credentials (HTTP 407).`,
      `Put the user and the password for the proxy into ${proxy.variable}, percent-encoded.`,
    ),
  proxyRefused: (proxy: ProxyServer, reason: string) =>
    failed(
      `No answer: ${proxyInWords(proxy)} does not connect to the provider (${reason}).`,
      'Let the proxy connect to the host and port of the endpoint; or add them to NO_PROXY, if they are reached without it.',
    ),
  proxyFailed: (proxy: ProxyServer, reason: string) =>
    failed(
      `No answer: ${proxyInWords(proxy)} can't be used (${reason}).`,
      `Check the proxy, and its address in ${proxy.variable}; or add the provider to NO_PROXY, if it is reached without it.`,
    ),
  silentThrough: (proxy: ProxyServer, reason: string) =>
    failed(
      `No answer through ${proxyInWords(proxy)} (${reason}).`,
      'Check the endpoint, and whether the proxy lets connections to it pass; or add it to NO_PROXY, if it is reached without it.',
    ),
  silent: (reason: string) =>
    failed(`No answer (${reason}).`, 'Check the endpoint, DNS, and whether a firewall blocks the connection.'),
  neverAsked: (reason: string) =>
    failed(
      `Mooring never connects to this address (${reason}).`,
      'Set the endpoint, or the discovery URL if there is one, to another address of the provider.',
    ),
  plain: () => skipped('Plain http, which is allowed on a loopback address.'),
  trusted: () => passed(`The certificate is trusted. ${OWN_LISTS}`),
  unverified: () =>
    warning(
      'The certificate is not verified: an attacker in the network could read and change everything.',
      'Add the CA certificate to the settings instead, and verify the certificate.',
    ),
  selfSigned: (reason: string) =>
    failed(
      `The certificate is self-signed (${reason}).`,
      'Add the certificate to the settings (caCertificates) or, only for a trial, turn verifyCertificate off.',
    ),
  privateCa: (reason: string) =>
    failed(`The certificate is signed by a private CA that is not trusted (${reason}). ${OWN_LISTS}`, ADD_CA),
  incomplete: (issuer: string, reason: string) =>
    failed(
      `The chain is incomplete: the provider sends its own certificate only, without the one of its issuer ${quote(issuer)}, which is not trusted here (${reason}). ${OWN_LISTS}`,
      `Let the provider send the intermediate certificates too, or add the certificate of ${quote(issuer)} to the settings (caCertificates).`,
    ),
  unknownIssuer: (reason: string) =>
    failed(`The certificate leads to no CA that is trusted (${reason}). ${OWN_LISTS}`, ADD_CA),
  openedByProxy: (proxy: ProxyServer, issuer: string | null, reason: string) =>
    failed(
      `The certificate${issuer === null ? '' : `, issued by ${quote(issuer)},`} leads to no CA that is trusted (${reason}). It came through ${proxyInWords(proxy)}, which may open TLS with a CA of its own. ${OWN_LISTS}`,
      "If the proxy opens TLS, add its CA certificate to the settings (caCertificates); if not, that of the provider's CA. Or add the provider to NO_PROXY, if it is reached without the proxy.",
    ),
  otherCa: (reason: string) =>
    failed(
      `A trusted certificate has the name of the provider's CA, but another key (${reason}).`,
      'Replace it by the present certificate of that CA (caCertificates).',
    ),
  expired: (validTo: Date | null, reason: string) =>
    failed(
      validTo === null
        ? `A certificate of the chain has expired (${reason}).`
        : `The certificate has expired: it was valid until ${validTo.toISOString()} (${reason}).`,
      `Renew the certificate of the provider. ${CLOCKS}`,
    ),
  notYetValid: (reason: string) =>
    failed(`The certificate is not valid yet (${reason}).`, `Replace the certificate of the provider. ${CLOCKS}`),
  otherName: (reason: string) =>
    failed(
      `The certificate is not for this host name (${reason}).`,
      'Use the host name of the certificate in the endpoint, or get a certificate for this one.',
    ),
  otherPurpose: (reason: string) =>
    failed(`The certificate is not one of a server (${reason}).`, 'Get a certificate for servers (serverAuth).'),
  notTrusted: (reason: string) =>
    failed(`The certificate, or its chain, is not valid (${reason}).`, 'Replace the certificate of the provider.'),
  noTls: (reason: string) =>
    failed(
      `This port does not speak TLS, but plain http or another protocol (${reason}).`,
      'Use the port of the provider for https in the endpoint.',
    ),
  oldTls: (reason: string) =>
    failed(
      `The provider speaks only versions of TLS older than 1.2 (${reason}).`,
      'Turn TLS 1.2 or 1.3 on at the provider, or at the proxy before it.',
    ),
  notAgreed: (reason: string) =>
    failed(
      `No TLS connection was agreed on (${reason}).`,
      "Check the provider's TLS: its ciphers, its host names, and that it asks for no client certificate.",
    ),
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

/** What is known of a failed exchange besides the failure: the certificates, if they were seen, and the proxy. */
export interface Circumstances {
  readonly chain: PresentedChain | null;
  readonly proxy: ProxyServer | null;
}

const NOTHING_SEEN: Circumstances = { chain: null, proxy: null };

/** What is found if there is no usable answer to the first question. */
export function unreachedFindings(failure: ExchangeFailure, { chain, proxy }: Circumstances = NOTHING_SEEN): Findings {
  const reason = reasonOf(failure);
  const fault = tlsFaultOf(reason);
  if (fault) return { REACHABLE: CONNECTION.reached(proxy), TLS: tlsFaultFinding(fault, reason, { chain, proxy }) };
  if (reason === LINK_LOCAL_REFUSED) return { REACHABLE: CONNECTION.neverAsked(reason) };
  if (failure instanceof ProviderUnavailable) return { REACHABLE: silenceFinding(reason, proxy) };
  return {
    REACHABLE: CONNECTION.reached(proxy),
    DISCOVERY_DOCUMENT: failed(`No usable discovery document (${reason}).`, IS_THE_ISSUER),
  };
}

/** Whether the certificates themselves have to be seen to tell why they are not trusted. */
export function isOfChain(failure: ExchangeFailure): boolean {
  const fault = tlsFaultOf(reasonOf(failure));
  return fault === 'UNKNOWN_ISSUER' || fault === 'OUT_OF_TIME';
}

function silenceFinding(reason: string, proxy: ProxyServer | null): Finding {
  if (proxy === null) return CONNECTION.silent(reason);
  if (!reason.startsWith(OF_PROXY)) return CONNECTION.silentThrough(proxy, reason);
  const itsReason = reason.slice(OF_PROXY.length);
  if (itsReason === 'HTTP 407') return CONNECTION.proxyWantsCredentials(proxy);
  return itsReason.startsWith('HTTP ')
    ? CONNECTION.proxyRefused(proxy, itsReason)
    : CONNECTION.proxyFailed(proxy, itsReason);
}

function reasonOf(failure: ExchangeFailure): string {
  return failure.detail ?? failure.message;
}

function tlsFaultFinding(fault: TlsFault, reason: string, { chain, proxy }: Circumstances): Finding {
  const isOfNoCa = fault === 'UNKNOWN_ISSUER' || fault === 'PRIVATE_CA';
  if (proxy && isOfNoCa) return CONNECTION.openedByProxy(proxy, chain?.issuer ?? null, reason);
  if (fault === 'UNKNOWN_ISSUER' && chain?.isAlone) return CONNECTION.incomplete(chain.issuer, reason);
  if (fault === 'OUT_OF_TIME') return outOfTimeFinding(reason, chain);
  return OF_FAULTS[fault](reason);
}

function outOfTimeFinding(reason: string, chain: PresentedChain | null): Finding {
  if (reason === 'CERT_NOT_YET_VALID') return CONNECTION.notYetValid(reason);
  const isItsOwn = chain !== null && chain.validTo.getTime() < Date.now();
  return CONNECTION.expired(isItsOwn ? chain.validTo : null, reason);
}

const OF_FAULTS: Readonly<Record<Exclude<TlsFault, 'OUT_OF_TIME'>, (reason: string) => Finding>> = {
  SELF_SIGNED: CONNECTION.selfSigned,
  PRIVATE_CA: CONNECTION.privateCa,
  UNKNOWN_ISSUER: CONNECTION.unknownIssuer,
  OTHER_CA: CONNECTION.otherCa,
  OTHER_NAME: CONNECTION.otherName,
  OTHER_PURPOSE: CONNECTION.otherPurpose,
  NOT_TRUSTED: CONNECTION.notTrusted,
  NO_TLS: CONNECTION.noTls,
  OLD_TLS: CONNECTION.oldTls,
  NOT_AGREED: CONNECTION.notAgreed,
};
