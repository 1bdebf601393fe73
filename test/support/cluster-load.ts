import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../demo/openid-provider.js';
import type { Browser } from './browser.js';
import type { Cluster, DatabaseServers } from './cluster.js';
import { CLI_SECRET, GENERATE, VERIFY } from './documents.js';
import { Tally } from './fault-table.js';
import type { Answer } from './graphql.js';
import type { OidcScenario } from './oidc-scenario.js';
import { Traffic } from './traffic.js';

/** What a caller sees where the connection was lost or refused. */
export const LOST = 'connection lost';
/** What a caller sees of a change that was made. */
export const ACKNOWLEDGED = 'acknowledged';

const VERIFIERS = 2;
const LOOK_AGAIN_MS = 20;
const MOST_LOOKS = 100;

/** A server that ends refuses without GraphQL's errors. */
const codeOf = ({ code, status }: Answer) => code ?? `HTTP ${status}`;

/** Somebody who replaces a secret again and again. */
interface Changing {
  readonly username: string;
  readonly browser: Browser;
  /** The secret of the last answer, as long as no request without an answer followed. */
  last?: string;
  acknowledged: number;
}

/** What the callers of one replica saw. */
export class Seen {
  readonly verifications = new Tally();
  readonly changes = new Tally();
  /** The longest time from one successful verification to the next one, in milliseconds. */
  longestGapMs = 0;
  private servedAt = performance.now();

  /** Notes the answer to a verification. */
  verified(answer: string): void {
    this.verifications.add(answer);
    if (answer !== 'VALID') return;
    const now = performance.now();
    this.longestGapMs = Math.max(this.longestGapMs, now - this.servedAt);
    this.servedAt = now;
  }
}

/** The people whom a provider knows for a load at that many replicas. */
export function peopleOfLoad(replicas: number): Person[] {
  const usernames = Array.from({ length: replicas }, (_, index) => [`steady-${index}`, `changing-${index}`]).flat();
  return usernames.map((username) => ({
    subject: `sub-${username}`,
    username,
    name: username,
    email: `${username}@example.com`,
  }));
}

/** Verifications and changes of secrets at each replica. */
export class ClusterLoad<Servers extends DatabaseServers> {
  private constructor(
    private readonly scenario: OidcScenario<Cluster<Servers>>,
    private readonly secrets: readonly string[],
    private readonly changing: readonly Changing[],
  ) {}

  /** Prepares one; the provider knows `peopleOfLoad`. */
  static async prepare<Servers extends DatabaseServers>(scenario: OidcScenario<Cluster<Servers>>) {
    const secrets: string[] = [];
    const changing: Changing[] = [];
    for (const index of scenario.app.replicas.keys()) {
      secrets.push(await scenario.secretOf(await scenario.onboarded(`steady-${index}`)));
      const username = `changing-${index}`;
      changing.push({ username, browser: await scenario.onboarded(username), acknowledged: 0 });
    }
    return new ClusterLoad(scenario, secrets, changing);
  }

  /** Lets everybody begin; what the callers of each replica see. */
  begin(): { readonly traffic: Traffic; readonly seen: readonly Seen[] } {
    const seen = this.secrets.map(() => new Seen());
    const steps = seen.flatMap((one, index) => [
      ...Array.from({ length: VERIFIERS }, () => async () => one.verified(await this.verify(index))),
      async () => one.changes.add(await this.change(index)),
    ]);
    return { traffic: new Traffic(steps), seen };
  }

  /** Verifies a secret that nobody changes, at a replica. */
  async verify(index: number): Promise<string> {
    const asked = { username: `steady-${index}`, secret: this.secrets[index] };
    const answer = await this.ask(index, { bearer: this.scenario.verifierToken }, VERIFY, asked);
    return answer ? ((answer.data?.verifyCliSecret?.status ?? codeOf(answer)) as string) : LOST;
  }

  /** Replaces the secret of somebody, at a replica. */
  async change(index: number): Promise<string> {
    const person = this.changing[index]!;
    person.last = undefined;
    const answer = await this.ask(index, person.browser, GENERATE);
    if (!answer) return LOST;
    if (!answer.data?.generateCliSecret) return codeOf(answer);
    person.last = answer.data.generateCliSecret.cliSecret.secret as string;
    person.acknowledged += 1;
    return ACKNOWLEDGED;
  }

  /** Whose secret is another one than was acknowledged: nobody's, if all is well. It asks at each replica. */
  async lost(): Promise<string[]> {
    const missing: string[] = [];
    for (const { username, browser, last } of this.changing) {
      for (const index of this.secrets.keys()) {
        const shown = (await this.ask(index, browser, CLI_SECRET))?.data?.cliSecret?.secret as string | undefined;
        if (!shown || (last && shown !== last)) missing.push(`${username} at replica ${index + 1}`);
      }
    }
    return missing;
  }

  /**
   * How many changes were acknowledged that neither the audit log has nor, where the database took the change and not its event
   * any more, the log of a replica.
   */
  async unaudited(): Promise<number> {
    let missing = 0;
    for (const { username, acknowledged } of this.changing) {
      let counted = await this.changesOf(username);
      // The node that is asked here may have to apply the last of them yet.
      for (let looks = 0; looks < MOST_LOOKS && counted < acknowledged; looks++) {
        await pause(LOOK_AGAIN_MS);
        counted = await this.changesOf(username);
      }
      missing += Math.max(0, acknowledged - counted);
    }
    const lines = this.scenario.app.replicas.flatMap(({ output }) => output.match(/UnstoredAuditEvents/g) ?? []).length;
    if (missing > 0) process.stdout.write(`${missing} changes without an event, ${lines} events in the log\n`);
    return Math.max(0, missing - lines);
  }

  private async changesOf(username: string): Promise<number> {
    const query = `SELECT COUNT(*) AS changes FROM audit_events WHERE event_action = 'cli_secret.generate' AND outcome = 'SUCCEEDED' AND actor_label = ?`;
    return Number((await this.scenario.app.until(query, [username])).changes);
  }

  private async ask(index: number, ...rest: Parameters<Cluster['ask']>) {
    try {
      return await this.scenario.app.askAt(this.scenario.app.replicas[index]!, ...rest);
    } catch (error) {
      // By its name: it comes from outside the realm in which the tests run.
      if ((error as Error).name === 'TypeError') return undefined;
      throw error;
    }
  }
}
