import { SecretText } from '../common/crypto/secret-text.js';
import { CLIENT_SETTINGS, ClientSettings } from './client-authentication.js';
import {
  certificatesProblem,
  discoveryUrlProblem,
  endpointProblem,
  parametersProblem,
  RequestParameter,
  scopeProblem,
} from './oidc-setting-problems.js';
import { anything, Declarations, shortText } from './setting.js';

const LONGEST_PROVIDER_NAME = 100;
const LONGEST_CLIENT_ID = 255;
const LONGEST_CLIENT_SECRET = 1000;

/** How the OIDC provider is reached, and as which client. */
export interface OidcConnectionSettings extends ClientSettings {
  readonly name: string | null;
  readonly endpoint: string | null;
  readonly discoveryUrl: string | null;
  readonly clientId: string | null;
  readonly clientSecret: SecretText | null;
  readonly scope: string;
  readonly verifyCertificate: boolean;
  readonly caCertificates: string | null;
  readonly extraRedirectParameters: readonly RequestParameter[];
}

/** The settings of the connection to the OIDC provider. */
export const OIDC_CONNECTION_SETTINGS: Declarations<OidcConnectionSettings> = {
  name: {
    part: 'connection',
    fallback: null,
    nullable: true,
    description: 'Shown on the login button.',
    problemOf: shortText(LONGEST_PROVIDER_NAME),
  },
  endpoint: {
    part: 'connection',
    fallback: null,
    nullable: true,
    description: "The issuer's URL: https, or http on a loopback address.",
    problemOf: endpointProblem,
  },
  discoveryUrl: {
    part: 'connection',
    isAdvanced: true,
    fallback: null,
    nullable: true,
    description:
      'Where the discovery document is, for providers that do not publish it under the issuer (Azure AD B2C, Oracle): https, or http on a loopback address. The issuer in it must equal the endpoint. Null: the endpoint with /.well-known/openid-configuration.',
    problemOf: discoveryUrlProblem,
  },
  clientId: {
    part: 'connection',
    fallback: null,
    nullable: true,
    description: 'The client ID under which Mooring is registered at the provider.',
    problemOf: shortText(LONGEST_CLIENT_ID),
  },
  clientSecret: {
    part: 'connection',
    fallback: null,
    nullable: false,
    sealed: true,
    description: 'The client secret. Encrypted at rest and never returned.',
    problemOf: (secret) => shortText(LONGEST_CLIENT_SECRET)(secret.reveal()),
  },
  ...CLIENT_SETTINGS,
  scope: {
    part: 'connection',
    fallback: 'openid,profile,email,offline_access',
    nullable: false,
    description: 'Comma-separated. Must contain openid; add offline_access for refresh tokens.',
    problemOf: scopeProblem,
  },
  verifyCertificate: {
    part: 'connection',
    fallback: true,
    nullable: false,
    description: "Whether the provider's certificate must be trusted.",
    problemOf: anything,
  },
  caCertificates: {
    part: 'connection',
    isAdvanced: true,
    fallback: null,
    nullable: true,
    description:
      "PEM certificates trusted for the provider in addition to those that Node brings and, from Node 22.15 on, the system's. An intermediate certificate is enough.",
    problemOf: certificatesProblem,
  },
  extraRedirectParameters: {
    part: 'connection',
    isAdvanced: true,
    fallback: [],
    nullable: false,
    description: 'Parameters added to the redirect to the provider; protocol parameters cannot be replaced.',
    problemOf: parametersProblem,
  },
};
