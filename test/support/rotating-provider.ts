import { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { GrantStore } from '../../src/grants/grant-store.service.js';
import { newId } from '../../src/common/persistence/ids.js';
import { AuthMode } from '../../src/settings/auth-mode.js';
import { User } from '../../src/users/user.entity.js';
import { Endpoint, HostileIssuer, Misbehaviour } from './hostile-provider.js';
import { HostileScenario } from './hostile-scenario.js';

const LIFE_SECONDS = 300;
const JSON_TYPE = { 'content-type': 'application/json' };

/** How the provider answers: as it should, not at all, or with this answer to everybody. */
export type Condition = 'WELL' | 'HANGS' | { readonly status: number; readonly body: string };

/**
 * An issuer for many people. It rotates refresh tokens, at each request and before it answers, and ends the grant of a person
 * whose token is used twice. Counts what is in work at once.
 */
export class RotatingProvider {
  /** The people whose token was used twice. */
  readonly ended = new Set<string>();
  /** The requests of each person to refresh, in their order. */
  readonly refreshed: string[] = [];
  condition: Condition = 'WELL';
  /** How long it works on an answer. */
  answerAfterMs = 0;
  /** The requests in work, and the most at once since it was last set to 0: to refresh, and for the key set. */
  most = { refreshes: 0, keys: 0 };
  readonly inWork = { refreshes: 0, keys: 0 };
  private readonly generations = new Map<string, number>();
  private held: (() => void)[] = [];
  private issuer!: HostileIssuer;

  private constructor(private readonly scenario: HostileScenario) {}

  /** Opens one, and configures Mooring to use it. */
  static async open(scenario: HostileScenario): Promise<RotatingProvider> {
    const provider = new RotatingProvider(scenario);
    const answer: Misbehaviour['answer'] = (endpoint, request, response) =>
      provider.answer(endpoint, request, response);
    provider.issuer = await scenario.issuer('many', { answer });
    return provider;
  }

  /** Stores a person and a grant that has expired, as if they had logged in before. Returns the id. */
  async store(username: string): Promise<string> {
    const { nest, clock } = this.scenario.app;
    this.generations.set(username, 0);
    const id = newId();
    const [now, { url: issuer }] = [clock.now(), this.issuer];
    const subject = `sub-${username}`;
    await nest
      .get(DataSource)
      .getRepository(User)
      .insert({
        ...{ id, mode: AuthMode.OIDC, username, foldedName: username, issuer, subject, securityStamp: newId() },
        ...{ isAdmin: false, isDisabled: false, createdAt: now, updatedAt: now },
      });
    const profile = { issuer, subject, suggestedUsername: username, email: null, realName: null };
    const times = { verifiedAt: now, expiresAt: new Date(now.getTime() - 1_000) };
    await nest.get(GrantStore).store(id, {
      profile: { ...profile, groups: null, groupsSource: null },
      tokens: {
        ...{ idToken: await this.idToken(username), accessToken: username, refreshToken: `${username}.0` },
        ...{ ...times, sessionId: null, isOffline: true },
      },
      ...{ clientId: 'mooring', returnTo: '/', begunAt: now },
    });
    return id;
  }

  /** Sends the answers that were held back while it hung. */
  sendHeld(): void {
    const held = this.held;
    this.held = [];
    for (const send of held) send();
  }

  private answer(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): boolean {
    if (endpoint === 'userinfo') {
      const [, username = ''] = String(request.headers.authorization).split(' ');
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(this.person(username)));
      return true;
    }
    const form = this.issuer.asked.at(-1)!.form;
    const isRefresh = endpoint === 'token' && form.get('grant_type') === 'refresh_token';
    if (endpoint !== 'keys' && !isRefresh) return false;
    this.count(isRefresh, response);
    const answer = isRefresh ? this.rotate(String(form.get('refresh_token'))) : Promise.resolve(this.keys());
    const send = () => void answer.then(([status, body]) => response.writeHead(status, JSON_TYPE).end(body));
    if (this.condition === 'HANGS') this.held.push(send);
    else void pause(this.answerAfterMs).then(send);
    return true;
  }

  private count(isRefresh: boolean, response: ServerResponse): void {
    const { inWork, most } = this;
    const kind = isRefresh ? 'refreshes' : 'keys';
    inWork[kind]++;
    most[kind] = Math.max(most[kind], inWork[kind]);
    response.once('close', () => inWork[kind]--);
  }

  private keys(): [number, string] {
    if (typeof this.condition === 'object') return [this.condition.status, this.condition.body];
    return [200, JSON.stringify({ keys: this.issuer.published.map(({ publicJwk }) => publicJwk) })];
  }

  private async rotate(token: string): Promise<[number, string]> {
    const [username = '', generation] = token.split('.');
    this.refreshed.push(username);
    if (typeof this.condition === 'object') return [this.condition.status, this.condition.body];
    if (this.generations.get(username) !== Number(generation)) this.ended.add(username);
    if (this.ended.has(username)) return [400, '{"error":"invalid_grant"}'];
    const next = Number(generation) + 1;
    this.generations.set(username, next);
    const life = { token_type: 'Bearer', expires_in: LIFE_SECONDS, refresh_token: `${username}.${next}` };
    return [200, JSON.stringify({ access_token: username, id_token: await this.idToken(username), ...life })];
  }

  private idToken(username: string): Promise<string> {
    const iat = Math.floor(this.scenario.app.clock.now().getTime() / 1000);
    const times = { iat, exp: iat + LIFE_SECONDS };
    return this.issuer.pair.sign({ iss: this.issuer.url, aud: 'mooring', ...times, ...this.person(username) });
  }

  private person(username: string) {
    return { sub: `sub-${username}`, preferred_username: username, email: `${username}@example.com` };
  }
}
