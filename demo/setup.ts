import { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Api, apiOf } from './api.js';
import { startOpenIdProvider } from './openid-provider.js';
import { PEOPLE } from './people.js';

/** The port of the provider that runs beside Mooring. */
export const PROVIDER_PORT = 8090;

const CLIENT = { id: 'mooring', secret: 'demo-client-secret' };

/** Starts the provider, which knows a Mooring at this address. */
export function startProviderFor(mooring: string) {
  const client = {
    ...CLIENT,
    redirectUris: [`${mooring}/c/oidc/callback`],
    postLogoutRedirectUris: [`${mooring}/c/oidc/logged-out`],
    backchannelLogoutUri: `${mooring}/c/oidc/backchannel-logout`,
  };
  return startOpenIdProvider({ port: PROVIDER_PORT, people: PEOPLE, client });
}

/** The environment of a Mooring on port 8080 of this machine, which keeps everything in one folder. */
export function environmentOf(publicUrl: string, folder: string): NodeJS.ProcessEnv {
  const places = { PUBLIC_URL: publicUrl, DATABASE_URL: `sqlite:${folder}/mooring.db`, DATA_DIR: folder };
  return { ...process.env, ...places, ADMIN_PASSWORD: '', ENCRYPTION_KEY: '', PORT: '8080', HOST: '127.0.0.1' };
}

/** Waits until a Mooring is ready; throws where its process ends before, or the time is over. */
export async function ready(url: string, mooring: ChildProcess, seconds: number): Promise<void> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (mooring.exitCode !== null) throw new Error('Mooring did not start; see above.');
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Mooring was not ready within ${seconds} seconds.`);
}

/** The password of the built-in administrator, which the first start has left in the folder. */
export async function adminPasswordIn(folder: string): Promise<string> {
  return (await readFile(join(folder, 'admin-password'), 'utf8')).trim();
}

/** The API, asked as the built-in administrator. */
export function apiAsAdmin(url: string, password: string): Api {
  return apiOf(url, `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`);
}

/** Sets OIDC mode up as an administrator would, through the public API. */
export async function useProvider(api: Api, issuer: string): Promise<void> {
  const { configuration } = await api<{ configuration: { revision: number } }>('{ configuration { revision } }');
  const oidc = {
    name: 'Demo Provider',
    endpoint: issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    scope: 'openid,profile,email,groups,offline_access',
    groupsClaim: 'groups',
    extraRedirectParameters: [{ name: 'prompt', value: 'consent' }],
  };
  const update =
    'mutation Use($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
  await api(update, { input: { revision: configuration.revision, patch: { authMode: 'OIDC', oidc } } });
}
