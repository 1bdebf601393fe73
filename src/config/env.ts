import { OIDC_BACKCHANNEL_LOGOUT_PATH, OIDC_CALLBACK_PATH, OIDC_LOGGED_OUT_PATH } from './public-urls.js';
import { isStrongEnough, SECRET_POLICY } from '../common/crypto/secret-policy.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { DatabaseAddress, databaseAddressOf } from './database-address.js';
import { TRUSTED_PROXIES_FORM, TrustedProxies, trustedProxiesIn } from './trusted-proxies.js';

/** The configuration from environment variables, read once at the start. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  /** The origin that browsers use, without a trailing slash. */
  readonly publicUrl: URL;
  readonly database: DatabaseAddress;
  readonly dataDir: string;
  /** Keys of 32 bytes, the sealing one first; none if the key file is to be used. */
  readonly encryptionKeys: readonly Buffer[];
  readonly adminPassword?: SecretText;
  /** The name of this service for registries and their clients: the audience of registry tokens. */
  readonly registryService: string;
  /** The issuer of registry tokens (`iss`). */
  readonly registryIssuer: string;
  /** FIXED_SETTINGS: a JSON object, secrets included. */
  readonly fixedSettings?: SecretText;
  /** The proxies whose `X-Forwarded-For` is trusted: none, a number of hops, or those at some addresses. */
  readonly trustedProxies: TrustedProxies;
  readonly logLevel: string;
  readonly production: boolean;
}

/** The redirect URI to be registered with the provider (OpenID Connect Core 1.0, section 3.1.2.1). */
export function redirectUriOf(environment: Environment): string {
  return new URL(OIDC_CALLBACK_PATH, environment.publicUrl).href;
}

/** The post-logout redirect URI to be registered with the provider. */
export function postLogoutRedirectUriOf(environment: Environment): string {
  return new URL(OIDC_LOGGED_OUT_PATH, environment.publicUrl).href;
}

/** The back-channel logout URI to be registered with the provider (OpenID Connect Back-Channel Logout 1.0, section 2.2). */
export function backchannelLogoutUriOf(environment: Environment): string {
  return new URL(OIDC_BACKCHANNEL_LOGOUT_PATH, environment.publicUrl).href;
}

/** Environment variables have invalid values; the message lists every one of them. */
export class InvalidEnvironment extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The environment is not valid:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

interface Variable {
  readonly name: string;
  readonly fallback: string;
  readonly description: string;
}

/** Every variable that Mooring reads: the source of docs/environment.md. */
export const VARIABLES = {
  port: { name: 'PORT', fallback: '8080', description: 'The TCP port to listen on.' },
  host: { name: 'HOST', fallback: '0.0.0.0', description: 'The address to listen on.' },
  publicUrl: {
    name: 'PUBLIC_URL',
    fallback: 'http://localhost:8080',
    description: 'The origin that browsers use. The redirect URI is this origin followed by /c/oidc/callback.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    fallback: 'sqlite:data/mooring.db',
    description:
      'The database: sqlite:PATH, or mysql://USER:PASSWORD@HOST:3306/NAME for MariaDB and MySQL. Percent-encode special characters. The database must exist, and the user needs all privileges on it. ?ssl-mode=VERIFY_IDENTITY encrypts the connections and checks the certificate and the host name of the server, which must not be an IP address; VERIFY_CA checks only the certificate, REQUIRED nothing. Without ssl-mode connections are not encrypted. &ssl-ca=PATH names the PEM file of a private certificate authority.',
  },
  dataDir: {
    name: 'DATA_DIR',
    fallback: 'data',
    description: 'The folder for the key file and the initial administrator password.',
  },
  encryptionKey: {
    name: 'ENCRYPTION_KEY',
    fallback: '',
    description:
      '32 bytes in base64. During a key change two, comma-separated: the first encrypts, both decrypt. Without it a key is generated once and kept in DATA_DIR/encryption.key; with a mysql:// database it is required.',
  },
  adminPassword: {
    name: 'ADMIN_PASSWORD',
    fallback: '',
    description:
      'The password of the built-in administrator, used only at the first start. Without it a password is generated and kept in DATA_DIR/admin-password.',
  },
  registryService: {
    name: 'REGISTRY_SERVICE',
    fallback: 'registry',
    description: "The registry's `auth.token.service`: the audience of registry tokens.",
  },
  registryIssuer: {
    name: 'REGISTRY_ISSUER',
    fallback: 'mooring',
    description: "The registry's `auth.token.issuer`: the issuer of registry tokens.",
  },
  fixedSettings: {
    name: 'FIXED_SETTINGS',
    fallback: '',
    description:
      'Settings that cannot be changed while Mooring runs, as a JSON object in the form of ConfigurationPatch in the schema, such as {"authMode":"OIDC","oidc":{"groupsClaim":"groups"}}. They override the stored settings, which apply again when they are removed from here. The endpoint and the client secret must be set together.',
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    fallback: '',
    description:
      'The proxies whose X-Forwarded-For is trusted for client addresses in throttling and the audit log: their addresses or networks, comma-separated, such as 10.0.0.0/8 or loopback; or the number of proxies, if all traffic passes through them. Without it the header is ignored.',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    fallback: 'info',
    description: 'The least severe level to log: fatal, error, warn, info, debug, trace or silent.',
  },
  nodeEnv: {
    name: 'NODE_ENV',
    fallback: '',
    description: '"production" turns GraphQL introspection off.',
  },
} as const satisfies Record<string, Variable>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

type Complain = (variable: Variable, problem: string) => void;

function portOf(text: string, complain: Complain): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) complain(VARIABLES.port, 'must be a whole number from 0 to 65535.');
  return port;
}

function publicUrlOf(text: string, complain: Complain): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (!isOrigin) {
    complain(VARIABLES.publicUrl, 'must be an http or https origin without path, such as https://mooring.example.com.');
  }
  return url ?? new URL(VARIABLES.publicUrl.fallback);
}

function databaseOf(text: string, complain: Complain): DatabaseAddress {
  const address = databaseAddressOf(text);
  if (address) return address;
  const form = 'must be sqlite: and the path of a file, or mysql://user:password@host:3306/name';
  const options = '?ssl-mode=VERIFY_IDENTITY with a host name, VERIFY_CA, REQUIRED or DISABLED';
  complain(VARIABLES.databaseUrl, `${form}. Optional: ${options}, and &ssl-ca= with the path of a readable PEM file.`);
  return { engine: 'sqlite', file: '' };
}

function refuseMissingKey({ database, encryptionKeys }: Environment, given: string, complain: Complain): void {
  if (database.engine === 'sqlite' || encryptionKeys.length > 0 || given !== '') return;
  const problem = 'is required with a mysql:// database, the same on every replica: 32 random bytes in base64.';
  complain(VARIABLES.encryptionKey, problem);
}

function encryptionKeysOf(text: string, complain: Complain): Buffer[] {
  const parts = text === '' ? [] : text.split(',').map((part) => part.trim());
  const keys = parts.map((part) => Buffer.from(part, 'base64'));
  const wellFormed = parts.every((part) => /^[A-Za-z0-9+/]{43}=$/.test(part));
  if (!wellFormed || keys.length > 2) {
    complain(VARIABLES.encryptionKey, 'must be one key of 32 bytes in base64, or two separated by a comma.');
  }
  return keys;
}

function adminPasswordOf(text: string, complain: Complain): SecretText | undefined {
  if (text === '') return undefined;
  if (!isStrongEnough(text)) complain(VARIABLES.adminPassword, `is too weak. ${SECRET_POLICY}`);
  return new SecretText(text);
}

function registryNameOf(variable: Variable, text: string, complain: Complain): string {
  if (!/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/.test(text)) {
    complain(variable, 'must be 1 to 255 ASCII characters, without spaces, quotes or backslashes.');
  }
  return text;
}

function fixedSettingsOf(text: string, complain: Complain): SecretText | undefined {
  if (text === '') return undefined;
  if (!isJsonObject(text)) complain(VARIABLES.fixedSettings, 'must be a JSON object.');
  return new SecretText(text);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function proxiesOf(text: string, complain: Complain): TrustedProxies {
  const proxies = trustedProxiesIn(text);
  if (!proxies) complain(VARIABLES.trustProxy, `must be ${TRUSTED_PROXIES_FORM}.`);
  return proxies ?? [];
}

function logLevelOf(text: string, complain: Complain): string {
  if (!LOG_LEVELS.includes(text)) complain(VARIABLES.logLevel, `must be one of ${LOG_LEVELS.join(', ')}.`);
  return text;
}

/**
 * The environment, typed and checked.
 *
 * @throws {InvalidEnvironment} with all problems at once; no value is quoted
 */
export function readEnvironment(source: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const problems: string[] = [];
  const complain: Complain = (variable, problem) => problems.push(`${variable.name} ${problem}`);
  const text = (variable: Variable) => source[variable.name] || variable.fallback;

  const environment: Environment = {
    port: portOf(text(VARIABLES.port), complain),
    host: text(VARIABLES.host),
    publicUrl: publicUrlOf(text(VARIABLES.publicUrl), complain),
    database: databaseOf(text(VARIABLES.databaseUrl), complain),
    dataDir: text(VARIABLES.dataDir),
    encryptionKeys: encryptionKeysOf(text(VARIABLES.encryptionKey), complain),
    adminPassword: adminPasswordOf(text(VARIABLES.adminPassword), complain),
    registryService: registryNameOf(VARIABLES.registryService, text(VARIABLES.registryService), complain),
    registryIssuer: registryNameOf(VARIABLES.registryIssuer, text(VARIABLES.registryIssuer), complain),
    fixedSettings: fixedSettingsOf(text(VARIABLES.fixedSettings), complain),
    trustedProxies: proxiesOf(text(VARIABLES.trustProxy), complain),
    logLevel: logLevelOf(text(VARIABLES.logLevel), complain),
    production: text(VARIABLES.nodeEnv) === 'production',
  };
  refuseMissingKey(environment, text(VARIABLES.encryptionKey), complain);
  if (problems.length > 0) throw new InvalidEnvironment(problems);
  return environment;
}
