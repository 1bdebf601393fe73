import { Api, apiOf, isAccepted } from './api.js';
import { DemoFolder, Kept } from './demo-folder.js';
import { adminPasswordIn, apiAsAdmin, basic, pointToProvider, useProvider } from './setup.js';

/** What the demo could do as administrator, for its last words. */
export interface Access {
  /** The password of the built-in administrator; undefined if they have changed it. */
  readonly adminPassword: string | undefined;
  /** The VERIFIER service token; undefined if there is none and none could be made. */
  readonly verifierToken: string | undefined;
  /** The issuer that Mooring uses; undefined if the demo could not see it. */
  readonly issuer: string | undefined;
}

/** The issuer of demos that kept nothing. */
const FIRST_ISSUER = 'http://127.0.0.1:8090';

/**
 * Sets OIDC mode up at the first start, and makes two service tokens for the later ones. Later it only follows a provider
 * that has another port; other settings stay as they were left. A changed password of the administrator hinders nothing.
 */
export async function setUp(mooring: string, folder: DemoFolder, issuer: string): Promise<Access> {
  const adminPassword = await validPassword(mooring, folder.path);
  // Only a person may make service tokens.
  const admin = adminPassword === undefined ? undefined : apiAsAdmin(mooring, adminPassword);
  const tokens = await keepTokens(mooring, folder, admin);
  const api = tokens.adminToken === undefined ? admin : apiOf(mooring, `Bearer ${tokens.adminToken}`);
  const configured = api ? await configure(api, issuer, folder.kept.issuer) : undefined;
  if (configured === issuer) folder.keep({ issuer });
  return { adminPassword, verifierToken: tokens.verifierToken, issuer: configured };
}

async function validPassword(mooring: string, folder: string): Promise<string | undefined> {
  const password = await adminPasswordIn(folder).catch(() => undefined);
  return password !== undefined && (await isAccepted(mooring, basic(password))) ? password : undefined;
}

/** Gives the issuer that Mooring uses afterwards. */
async function configure(api: Api, issuer: string, kept = FIRST_ISSUER): Promise<string> {
  const { configuration } = await api<{ configuration: { oidc: { endpoint: string | null } } }>(
    '{ configuration { oidc { endpoint } } }',
  );
  const { endpoint } = configuration.oidc;
  if (endpoint !== null && endpoint !== kept) return endpoint;
  if (endpoint === null) await useProvider(api, issuer);
  else if (endpoint !== issuer) await pointToProvider(api, issuer);
  return issuer;
}

/** Makes those of the demo's service tokens that are not there or no longer valid. */
async function keepTokens(mooring: string, folder: DemoFolder, admin: Api | undefined): Promise<Kept> {
  const { adminToken, verifierToken } = folder.kept;
  const tokens: Kept = {
    adminToken: (await acceptedToken(mooring, adminToken)) ?? (admin && (await newToken(admin, 'ADMIN'))),
    verifierToken: (await acceptedToken(mooring, verifierToken)) ?? (admin && (await newToken(admin, 'VERIFIER'))),
  };
  folder.keep(tokens);
  return tokens;
}

async function newToken(api: Api, role: 'ADMIN' | 'VERIFIER'): Promise<string> {
  const create = 'mutation Create($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }';
  const input = { name: `demo ${role.toLowerCase()} ${new Date().toISOString()}`, role };
  return (await api<{ createServiceToken: { token: string } }>(create, { input })).createServiceToken.token;
}

async function acceptedToken(mooring: string, token: string | undefined): Promise<string | undefined> {
  return token !== undefined && (await isAccepted(mooring, `Bearer ${token}`)) ? token : undefined;
}
