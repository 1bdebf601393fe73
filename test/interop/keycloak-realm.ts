import { generateKeyPairSync } from 'node:crypto';
import { randomBase62 } from '../../src/common/crypto/random-text.js';
import { Keycloak } from './keycloak.js';

/** The password of everybody in these realms. */
export const PASSWORD = 'Kc-password-1';

/** What a story's realm has otherwise than the usual one. */
export interface RealmChanges {
  /** Of the client. */
  readonly client?: Record<string, unknown>;
  /** Of the client, added to the usual ones. */
  readonly attributes?: Record<string, string>;
  /** Whether groups come as `/crew/pilots` and not as `pilots`. */
  readonly fullPaths?: boolean;
  /** Where groups are sent; in both when left out. */
  readonly groupsIn?: 'id.token' | 'userinfo.token';
  /** Further groups; lin is in all of them. */
  readonly groups?: readonly string[];
}

/** Keycloak does not keep these unless it is told to. */
const COUNTED = ['REFRESH_TOKEN', 'REFRESH_TOKEN_ERROR'];

interface Representation {
  id: string;
  [property: string]: unknown;
}

const KEYS = 'org.keycloak.keys.KeyProvider';

const OTHER_KEYS = [
  { name: 'hmac', providerId: 'hmac-generated', config: { priority: ['100'], algorithm: ['HS512'] } },
  { name: 'aes', providerId: 'aes-generated', config: { priority: ['100'] } },
];

/** Made here: Keycloak takes far longer to make one. */
function signingKey(name: string): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { name, providerId: 'rsa', config: { priority: ['200'], privateKey: [pem] } };
}

const person = (username: string, groups: readonly string[]) => ({
  ...{ username, enabled: true, email: `${username}@example.com`, emailVerified: true },
  ...{ firstName: username, lastName: 'Example', realmRoles: ['offline_access'], groups },
  credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
});

/** A realm with the people lin and sam, and with Mooring as a client. */
export class KeycloakRealm {
  readonly clientSecret = randomBase62(32);

  private constructor(
    readonly keycloak: Keycloak,
    readonly name: string,
  ) {}

  /** Creates one for a Mooring at this address. */
  static async create(keycloak: Keycloak, mooring: string, changes: RealmChanges = {}): Promise<KeycloakRealm> {
    const realm = new KeycloakRealm(keycloak, `office-${randomBase62(8)}`);
    await keycloak.admin('POST', '', realm.representation(mooring, changes));
    return realm;
  }

  get issuer(): string {
    return `${this.keycloak.url}/realms/${this.name}`;
  }

  /** Changes the realm itself. */
  change(properties: Record<string, unknown>): Promise<unknown> {
    return this.ask('PUT', '', properties);
  }

  /** Changes the client that Mooring is. */
  async changeClient({ attributes = {}, ...properties }: Record<string, unknown>): Promise<void> {
    const client = await this.only('/clients?clientId=mooring');
    const all = { ...(client.attributes as object), ...(attributes as object) };
    await this.ask('PUT', `/clients/${client.id}`, { ...client, ...properties, attributes: all });
  }

  async changePerson(username: string, properties: Record<string, unknown>): Promise<void> {
    const user = await this.person(username);
    await this.ask('PUT', `/users/${user.id}`, { ...user, ...properties });
  }

  async leaveGroup(username: string, group: string): Promise<void> {
    const user = await this.person(username);
    const groups = (await this.ask('GET', `/users/${user.id}/groups`)) as Representation[];
    await this.ask('DELETE', `/users/${user.id}/groups/${groups.find(({ name }) => name === group)!.id}`);
  }

  /** Deletes a person and creates one of the same name; answers with the new subject. */
  async recreate(username: string): Promise<string> {
    await this.ask('DELETE', `/users/${(await this.person(username)).id}`);
    const { realmRoles: _roles, ...fields } = person(username, ['/crew']);
    await this.ask('POST', '/users', fields);
    return (await this.person(username)).id;
  }

  /** Ends the offline sessions of a person, as the button in the console does. */
  async revokeOfflineSessions(username: string): Promise<void> {
    const [user, client] = [await this.person(username), await this.only('/clients?clientId=mooring')];
    const sessions = (await this.ask('GET', `/users/${user.id}/offline-sessions/${client.id}`)) as Representation[];
    for (const { id } of sessions) await this.ask('DELETE', `/sessions/${id}?isOffline=true`);
  }

  /** Signs with a new key from now on, and no longer knows the former one. */
  async rotateKeys(): Promise<void> {
    const { id: parentId } = (await this.ask('GET', '')) as Representation;
    const former = await this.only(`/components?type=${KEYS}&name=rsa`);
    await this.ask('POST', '/components', { ...signingKey('next'), providerType: KEYS, parentId });
    await this.ask('DELETE', `/components/${former.id}`);
  }

  /** How many events of one of the counted types there were. */
  async count(type: string): Promise<number> {
    return ((await this.ask('GET', `/events?type=${type}&max=1000`)) as unknown[]).length;
  }

  async person(username: string): Promise<Representation> {
    return this.only(`/users?username=${username}&exact=true`);
  }

  private async only(path: string): Promise<Representation> {
    const found = (await this.ask('GET', path)) as Representation[];
    if (found.length !== 1) throw new Error(`${path} found ${found.length}.`);
    return found[0]!;
  }

  private ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.keycloak.admin(method, `/${this.name}${path}`, body);
  }

  /** A realm as `kc.sh import` takes it: also what the recipe in the docs has people click together. */
  private representation(mooring: string, { groups = [], ...changes }: RealmChanges): object {
    return {
      ...{ realm: this.name, enabled: true, accessTokenLifespan: 3600 },
      ...{ roles: { realm: [{ name: 'offline_access' }] }, eventsEnabled: true, enabledEventTypes: COUNTED },
      // Passwords and keys that cost next to nothing: nothing here is about them.
      passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
      components: { [KEYS]: [signingKey('rsa'), ...OTHER_KEYS] },
      groups: [{ name: 'crew', subGroups: [{ name: 'pilots' }] }, ...groups.map((name) => ({ name }))],
      users: [person('lin', ['/crew', '/crew/pilots', ...groups.map((name) => `/${name}`)]), person('sam', ['/crew'])],
      clients: [this.client(mooring, changes)],
    };
  }

  private client(mooring: string, { client = {}, attributes = {}, fullPaths = false, groupsIn }: RealmChanges): object {
    const config: Record<string, string> = { 'claim.name': 'groups', 'full.path': String(fullPaths) };
    for (const place of groupsIn ? [groupsIn] : ['id.token', 'userinfo.token']) config[`${place}.claim`] = 'true';
    const groups = {
      name: 'groups',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-group-membership-mapper',
      config,
    };
    return {
      ...{ clientId: 'mooring', secret: this.clientSecret, redirectUris: [`${mooring}/c/oidc/callback`] },
      ...{ publicClient: false, standardFlowEnabled: true, protocolMappers: [groups] },
      attributes: {
        'backchannel.logout.url': `${mooring}/c/oidc/backchannel-logout`,
        'backchannel.logout.session.required': 'true',
        'backchannel.logout.revoke.offline.tokens': 'true',
        'post.logout.redirect.uris': `${mooring}/c/oidc/logged-out`,
        ...attributes,
      },
      ...client,
    };
  }
}
