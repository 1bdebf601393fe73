import { OWN_FIRST_SEGMENTS, publicUrlAt, publicUrlIn, registryUrlsIn } from './public-urls.js';
import { isStrongEnough, SECRET_POLICY } from '../common/crypto/secret-policy.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { EgressProxies } from '../common/network/egress-proxy.js';
import { AuditReceivers, auditReceiversIn } from './audit-variables.js';
import { DatabaseAddress, databaseAddressOf } from './database-address.js';
import { egressProxiesIn } from './egress-variables.js';
import { Complain, givenVariables, Variables } from './given-variables.js';
import { RegistryService, registryServicesIn } from './registry-services.js';
import { TRUSTED_PROXIES_FORM, TrustedProxies, trustedProxiesIn } from './trusted-proxies.js';
import { SettingsFile, settingsFileAt } from './settings-file.js';
import { Variable, VARIABLES } from './variables.js';

export type { RegistryService } from './registry-services.js';
export { VARIABLES } from './variables.js';

/** The configuration from environment variables, read once at the start. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  /** The URL that browsers use; its path ends with a slash. URLs below it are made in `public-urls.ts`. */
  readonly publicUrl: URL;
  readonly database: DatabaseAddress;
  readonly dataDir: string;
  /** Keys of 32 bytes, the sealing one first; none if the key file is to be used. */
  readonly encryptionKeys: readonly Buffer[];
  readonly adminPassword?: SecretText;
  /** The service of a token request that names none: the first one. */
  readonly registryService: string;
  /** The registries that tokens are issued for; the name of each is the audience of its tokens. */
  readonly registryServices: readonly [RegistryService, ...RegistryService[]];
  /** The issuer of registry tokens (`iss`). */
  readonly registryIssuer: string;
  /** Where clients reach the registries, as far as it is known: only compared with `publicUrl`. */
  readonly registryUrls?: readonly URL[];
  /** FIXED_SETTINGS: a JSON object, secrets included. */
  readonly fixedSettings?: SecretText;
  /** SETTINGS_FILE: in place of {@link fixedSettings}. */
  readonly settingsFile?: SettingsFile;
  /** With it, metrics can be read without the database. */
  readonly metricsToken?: SecretText;
  /** Whether successful registry logins are audited. */
  readonly auditRegistryLogins?: boolean;
  /** Where the audit log is delivered to. */
  readonly auditDelivery?: AuditReceivers;
  /** The proxies whose `X-Forwarded-For` is trusted: none, a number of hops, or those at some addresses. */
  readonly trustedProxies: TrustedProxies;
  /** The proxies for requests to the provider. */
  readonly egress: EgressProxies;
  readonly logLevel: string;
  /** Whether the events of the audit log are log lines too. */
  readonly auditLog?: boolean;
  readonly production: boolean;
  /** Whether a database that a newer release has migrated may be opened. */
  readonly allowDowngrade?: boolean;
  /** Whether this server may use a SQLite file beside another one. */
  readonly allowSecondServer?: boolean;
  /** How many processes answer requests on the port; with 1 the process that starts is the only one. */
  readonly workers: number;
}

/** Environment variables have invalid values; the message lists every one of them. */
export class InvalidEnvironment extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The environment is not valid:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

const METRICS_TOKEN_FORM = /^[\x21-\x7e]{32,255}$/;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function portOf(text: string, complain: Complain): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) complain(VARIABLES.port, 'must be a whole number from 0 to 65535.');
  return port;
}

const MOST_WORKERS = 64;

function workersOf(text: string, complain: Complain): number {
  const workers = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  if (workers >= 1 && workers <= MOST_WORKERS) return workers;
  complain(VARIABLES.workers, `must be a whole number from 1 to ${MOST_WORKERS}.`);
  return 1;
}

function publicUrlFrom(text: string, complain: Complain): URL {
  const url = publicUrlIn(text);
  if (url) return url;
  const form = 'must be an http or https origin, such as https://mooring.example.com, and may have a path';
  const path = `of letters, digits, -, ., _ and ~ whose first part is none of ${OWN_FIRST_SEGMENTS.join(', ')}`;
  complain(VARIABLES.publicUrl, `${form} ${path}.`);
  return new URL(VARIABLES.publicUrl.fallback);
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
  const password = SecretText.given(text);
  if (!isStrongEnough(password.reveal())) complain(VARIABLES.adminPassword, `is too weak. ${SECRET_POLICY}`);
  return password;
}

function registryNameOf(variable: Variable, text: string, complain: Complain): string {
  if (!/^(?! )[\x20\x21\x23-\x5b\x5d-\x7e]{1,255}(?<! )$/.test(text)) {
    complain(variable, 'must be 1 to 255 ASCII characters, without quotes, backslashes, or spaces at either end.');
  }
  return text;
}

function servicesOf(given: Variables, complain: Complain): Environment['registryServices'] {
  const { registryService: one, registryServices: several } = VARIABLES;
  const list = given[several.name];
  if (!list) {
    const name = registryNameOf(one, given[one.name] || one.fallback, complain);
    return [{ name, hasOwnCertificate: false }];
  }
  if (given[one.name]) complain(several, `and ${one.name} are both set: set only one of them.`);
  const [first = { name: '', hasOwnCertificate: false }, ...others] = registryServicesIn(list, complain);
  return [first, ...others];
}

/**
 * The registry services that variables name, whatever else is wrong with them.
 *
 * @throws {InvalidEnvironment} if these are not valid
 */
export function registryServicesFrom(source: Variables): Environment['registryServices'] {
  const problems: string[] = [];
  const given = givenVariables(source, () => undefined);
  const services = servicesOf(given, ({ name }, problem) => problems.push(`${name} ${problem}`));
  if (problems.length > 0) throw new InvalidEnvironment(problems);
  return services;
}

function registryUrlsOf(text: string, complain: Complain): readonly URL[] {
  const urls = registryUrlsIn(text);
  if (urls) return urls;
  const form = 'must be an http or https origin, such as https://registry.example.com, or several separated by commas';
  complain(VARIABLES.registryPublicUrl, `${form}.`);
  return [];
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

function metricsTokenOf(text: string, complain: Complain): SecretText | undefined {
  if (text === '') return undefined;
  const token = SecretText.given(text);
  if (!METRICS_TOKEN_FORM.test(token.reveal())) {
    complain(VARIABLES.metricsToken, 'must be 32 to 255 ASCII characters without spaces.');
  }
  return token;
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

function auditLogOf(text: string, complain: Complain): boolean {
  if (!['', 'stdout'].includes(text)) complain(VARIABLES.auditLog, 'must be stdout, or empty.');
  return text === 'stdout';
}

function allowanceOf(variable: Variable, text: string, complain: Complain): boolean {
  if (!['', 'true', 'false'].includes(text)) complain(variable, 'must be true or false.');
  return text === 'true';
}

/**
 * The environment, typed and checked.
 *
 * @throws {InvalidEnvironment} with all problems at once; no value is quoted
 */
export function readEnvironment(source: Variables = process.env): Environment {
  const problems: string[] = [];
  const complain: Complain = (variable, problem) => problems.push(`${variable.name} ${problem}`);
  const given = givenVariables(source, complain);
  const text = (variable: Variable) => given[variable.name] || variable.fallback;
  const [port, host] = [portOf(text(VARIABLES.port), complain), text(VARIABLES.host)];
  const registryServices = servicesOf(given, complain);

  const environment: Environment = {
    port,
    host,
    publicUrl: publicUrlFrom(given[VARIABLES.publicUrl.name] || publicUrlAt(host, port), complain),
    database: databaseOf(text(VARIABLES.databaseUrl), complain),
    dataDir: text(VARIABLES.dataDir),
    encryptionKeys: encryptionKeysOf(text(VARIABLES.encryptionKey), complain),
    adminPassword: adminPasswordOf(text(VARIABLES.adminPassword), complain),
    registryService: registryServices[0].name,
    registryServices,
    registryIssuer: registryNameOf(VARIABLES.registryIssuer, text(VARIABLES.registryIssuer), complain),
    registryUrls: registryUrlsOf(text(VARIABLES.registryPublicUrl), complain),
    fixedSettings: fixedSettingsOf(text(VARIABLES.fixedSettings), complain),
    settingsFile: settingsFileAt(text(VARIABLES.settingsFile), given, complain),
    metricsToken: metricsTokenOf(text(VARIABLES.metricsToken), complain),
    auditDelivery: auditReceiversIn(given, complain),
    auditRegistryLogins: allowanceOf(VARIABLES.auditRegistryLogins, text(VARIABLES.auditRegistryLogins), complain),
    trustedProxies: proxiesOf(text(VARIABLES.trustProxy), complain),
    egress: egressProxiesIn(given, complain),
    logLevel: logLevelOf(text(VARIABLES.logLevel), complain),
    auditLog: auditLogOf(text(VARIABLES.auditLog), complain),
    production: text(VARIABLES.nodeEnv) === 'production',
    allowDowngrade: allowanceOf(VARIABLES.allowDowngrade, text(VARIABLES.allowDowngrade), complain),
    allowSecondServer: allowanceOf(VARIABLES.allowSecondServer, text(VARIABLES.allowSecondServer), complain),
    workers: workersOf(text(VARIABLES.workers), complain),
  };
  refuseMissingKey(environment, text(VARIABLES.encryptionKey), complain);
  if (environment.fixedSettings && text(VARIABLES.settingsFile) !== '') {
    complain(VARIABLES.settingsFile, `and ${VARIABLES.fixedSettings.name} are both set: set only one of them.`);
  }
  if (problems.length > 0) throw new InvalidEnvironment(problems);
  return environment;
}
