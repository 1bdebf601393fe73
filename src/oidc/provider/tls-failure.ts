import { ProviderError } from './provider.errors.js';

/**
 * What is wrong with a TLS connection. SELF_SIGNED: the certificate itself. PRIVATE_CA: the root in its chain is not trusted.
 * UNKNOWN_ISSUER: no trusted certificate is found for its issuer, which may be an intermediate one that is missing. OTHER_CA: one
 * of the issuer's name is trusted, and has another key.
 */
export type TlsFault =
  | 'SELF_SIGNED'
  | 'PRIVATE_CA'
  | 'UNKNOWN_ISSUER'
  | 'OTHER_CA'
  | 'OUT_OF_TIME'
  | 'OTHER_NAME'
  | 'OTHER_PURPOSE'
  | 'NOT_TRUSTED'
  | 'NO_TLS'
  | 'OLD_TLS'
  | 'NOT_AGREED';

/** The codes are those of Node (X509_V_ERR_...) and of OpenSSL's errors, whose names differ among its versions. */
const FAULTS: readonly (readonly [RegExp, TlsFault])[] = [
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'SELF_SIGNED'],
  [/^SELF_SIGNED_CERT_IN_CHAIN$/, 'PRIVATE_CA'],
  [/^(UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/, 'UNKNOWN_ISSUER'],
  [/^CERT_SIGNATURE_FAILURE$/, 'OTHER_CA'],
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, 'OUT_OF_TIME'],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|ERR_SSL_TLSV1_UNRECOGNIZED_NAME)$/, 'OTHER_NAME'],
  [/^INVALID_PURPOSE$/, 'OTHER_PURPOSE'],
  [/^(CERT_|UNABLE_TO_|ERROR_IN_CERT_|INVALID_CA$|PATH_LENGTH_EXCEEDED$|UNSPECIFIED$)/, 'NOT_TRUSTED'],
  [/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_TOO_SMALL)$/, 'NO_TLS'],
  [/^ERR_SSL_(\w+_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION|VERSION_TOO_LOW)$/, 'OLD_TLS'],
  [/^(ERR_SSL_|ERR_TLS_)/, 'NOT_AGREED'],
];

const ASK = 'An administrator should';
const FACTS: Readonly<Record<TlsFault, string>> = {
  ...{ SELF_SIGNED: unknownCa(), PRIVATE_CA: unknownCa(), UNKNOWN_ISSUER: unknownCa(), OTHER_CA: unknownCa() },
  OUT_OF_TIME: `The OpenID provider's certificate has expired, or is not valid yet. ${ASK} renew it there.`,
  OTHER_NAME: `The OpenID provider's certificate is for another host name. ${ASK} check the OIDC endpoint.`,
  OTHER_PURPOSE: `The OpenID provider's certificate is not one of a server. ${ASK} replace it there.`,
  NOT_TRUSTED: `The OpenID provider's certificate is not valid. ${ASK} test the OIDC settings.`,
  NO_TLS: `The OpenID provider does not answer by https at this port. ${ASK} check the OIDC endpoint.`,
  OLD_TLS: `The OpenID provider speaks only versions of TLS that are no longer safe. ${ASK} turn TLS 1.2 or 1.3 on there.`,
  NOT_AGREED: `No TLS connection to the OpenID provider was agreed on. ${ASK} test the OIDC settings.`,
};

function unknownCa(): string {
  return `The OpenID provider's certificate is not trusted. ${ASK} add its CA certificate to the settings.`;
}

/** What is wrong, by the code of an error; undefined for an error of another kind. */
export function tlsFaultOf(code: string): TlsFault | undefined {
  return FAULTS.find(([codes]) => codes.test(code))?.[1];
}

/** The failure of a TLS connection to the provider, by the code of its error; undefined for an error of another kind. */
export function tlsFailure(code: string): ProviderError | undefined {
  const fault = tlsFaultOf(code);
  return fault && new ProviderError(FACTS[fault], code, code);
}
