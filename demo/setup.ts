import { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Api, apiOf } from './api.js';
import { OpenIdProviderOptions, startOpenIdProvider } from './openid-provider.js';
import { PEOPLE } from './people.js';

const CLIENT = { id: 'mooring', secret: 'demo-client-secret' };
const ASK_AGAIN_MS = 100;
const ANSWER_MS = 5_000;

/** Starts the provider, which knows a Mooring at this address. */
export function startProviderFor(
  mooring: string,
  place: Pick<OpenIdProviderOptions, 'port' | 'folder' | 'loginSeconds'>,
) {
  const client = {
    ...CLIENT,
    redirectUris: [`${mooring}/c/oidc/callback`],
    postLogoutRedirectUris: [`${mooring}/c/oidc/logged-out`],
    backchannelLogoutUri: `${mooring}/c/oidc/backchannel-logout`,
  };
  return startOpenIdProvider({ ...place, people: PEOPLE, client });
}

/** The environment of a Mooring on port 8080 of this machine, which keeps everything in one folder. */
export function environmentOf(publicUrl: string, folder: string): NodeJS.ProcessEnv {
  const places = { PUBLIC_URL: publicUrl, DATABASE_URL: `sqlite:${folder}/mooring.db`, DATA_DIR: folder };
  return { ...process.env, ...places, ADMIN_PASSWORD: '', ENCRYPTION_KEY: '', PORT: '8080', HOST: '127.0.0.1' };
}

/** Waits until a Mooring is ready; throws where its process ends before, or the time is over. */
export async function ready(url: string, mooring: Pick<ChildProcess, 'exitCode'>, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (mooring.exitCode !== null) throw new Error('Mooring did not start; see above.');
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  throw new Error(`Mooring was not ready within ${seconds} seconds.`);
}

/** The password of the built-in administrator, which the first start has left in the folder. */
export async function adminPasswordIn(folder: string): Promise<string> {
  return (await readFile(join(folder, 'admin-password'), 'utf8')).trim();
}

/** The API, asked as the built-in administrator. */
export function apiAsAdmin(url: string, password: string): Api {
  return apiOf(url, basic(password));
}

/** The `Authorization` header of the built-in administrator. */
export function basic(password: string): string {
  return `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
}

/** Sets OIDC mode up as an administrator would, through the public API. */
export async function useProvider(api: Api, issuer: string): Promise<void> {
  const oidc = {
    name: 'Demo Provider',
    scope: 'openid,profile,email,groups,offline_access',
    groupsClaim: 'groups',
    adminGroups: ['mooring-admins'],
    extraRedirectParameters: [{ name: 'prompt', value: 'consent' }],
  };
  await update(api, { authMode: 'OIDC', oidc: { ...oidc, ...connectionTo(issuer) } });
}

/** Tells a Mooring in OIDC mode that its provider has another address; other settings stay. */
export async function pointToProvider(api: Api, issuer: string): Promise<void> {
  await update(api, { oidc: connectionTo(issuer) });
}

function connectionTo(issuer: string) {
  return { endpoint: issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret };
}

async function update(api: Api, patch: object): Promise<void> {
  const { configuration } = await api<{ configuration: { revision: number } }>('{ configuration { revision } }');
  const mutation =
    'mutation Use($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
  await api(mutation, { input: { revision: configuration.revision, patch } });
}
