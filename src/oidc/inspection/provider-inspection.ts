import { NO_PROXIES, proxyFor, ProxyServer } from '../../common/network/egress-proxy.js';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch, boundedFetch } from '../provider/bounded-fetch.js';
import { discoveryUrlOf } from '../provider/discover.js';
import { presentedChain } from '../provider/presented-chain.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { ProviderMetadata } from '../provider/provider-metadata.js';
import { ClaimSettings, groupsClaimFinding, userClaimFinding } from './claims-check.js';
import { codeFlowFinding, pkceFinding, pushingOf } from './code-flow-check.js';
import { AuthorizationAnswer } from './authorization-answer.js';
import { DISCOVERY, issuerFinding, jsonOf, usableMetadata, withoutDocument } from './discovery-check.js';
import { flatMembers } from '../provider/flat-members.js';
import { Document } from './discovery-lists.js';
import { AskingMeans, AskingSettings, EndpointQuestions } from './endpoint-questions.js';
import { logoutFinding } from './logout-check.js';
import { Finding, ProviderCheck, ProviderCheckName, ProviderCheckStatus, skipped } from './provider-report.js';
import { noMemory, QuestionMemory } from './question-memory.js';
import { RecalledAnswers } from './recalled-answers.js';
import { clockFinding, CONNECTION, Findings, isOfChain, tlsFinding, unreachedFindings } from './reachability-check.js';
import { refreshTokensFinding, scopesFinding, ScopeSettings } from './scopes-check.js';
import { SIGNING_KEYS, signingKeysFinding } from './signing-keys-check.js';
import { userinfoFinding } from './userinfo-check.js';

/** The deadline of each of the two steps, in milliseconds: the discovery document; then all other endpoints. */
const STEP_DEADLINE_MS = 7_000;
const ASKED_BEFORE = skipped('The provider was asked a moment ago.', 'Test again in a minute.');

/** The settings to inspect; client id and secret may be missing. */
export interface InspectedSettings extends AskingSettings, ScopeSettings, ClaimSettings {
  readonly logout: boolean;
  /** Whether each login pushes its request; by default where the provider requires it. */
  readonly pushedAuthorizationRequests?: 'automatic' | 'always';
  /** Whether userinfo must confirm each refresh; by default not. */
  readonly confirmAtUserinfo?: boolean;
  /** Findings of lines that need no provider. */
  readonly known?: Findings;
  /** Counts the questions and keeps the answers; by default all may be asked. */
  readonly questions?: QuestionMemory;
}

/**
 * Checks a provider against the settings and reports each check. Logs nobody in, and ends within 15 seconds. Never throws
 * for a failure of the provider. Of its answers only errors are quoted, bounded and marked as its words.
 *
 * @param stepDeadlineMs the deadline of each of the two steps, in milliseconds
 */
export async function inspectProvider(
  settings: InspectedSettings,
  clock: Clock,
  stepDeadlineMs = STEP_DEADLINE_MS,
): Promise<ProviderCheck[]> {
  const connections = boundedFetch({ ...settings, deadlineMs: stepDeadlineMs });
  try {
    const found = await new Inspection(settings, clock, connections, stepDeadlineMs).findings();
    const findings: Findings = { ...found, ...settings.known };
    const notReached = skipped('An earlier check must pass first.');
    return Object.values(ProviderCheckName).map((name) => ({ name, ...(findings[name] ?? notReached) }));
  } finally {
    void connections.close();
  }
}

class Inspection {
  private readonly url: string;

  constructor(
    private readonly settings: InspectedSettings,
    private readonly clock: Clock,
    private readonly connections: BoundedFetch,
    private readonly stepDeadlineMs: number,
  ) {
    this.url = discoveryUrlOf(settings);
  }

  async findings(): Promise<Findings> {
    const scopes = scopesFinding({}, this.settings, null);
    const answer = await this.get(this.url);
    if (answer instanceof Error)
      return {
        ...(await this.unreached(answer)),
        ...(scopes.status === ProviderCheckStatus.FAILED && { SCOPES: scopes }),
      };
    const date = answer.headers.get('date');
    const reached = {
      REACHABLE: CONNECTION.reached(this.proxyFor(this.url)),
      TLS: tlsFinding({ ...this.settings, issuer: this.url }),
      CLOCK: clockFinding(date, this.clock.now()),
    };
    const document = await jsonOf(answer);
    // As a login does it.
    if (answer.status !== 200 || !document) return { ...reached, DISCOVERY_DOCUMENT: withoutDocument(answer) };
    return { ...reached, ...(await this.published(flatMembers(document))) };
  }

  private async unreached(failure: Error): Promise<Findings> {
    const { settings, stepDeadlineMs, url } = this;
    const chain = isOfChain(failure) ? await presentedChain(new URL(url), settings, stepDeadlineMs) : null;
    return unreachedFindings(failure, { chain, proxy: this.proxyFor(url) });
  }

  private proxyFor(url: string): ProxyServer | null {
    return proxyFor(new URL(url), this.settings.egress ?? NO_PROXIES);
  }

  private async published(document: Document): Promise<Findings> {
    const { issuer } = this.settings;
    const [metadata, named] = [
      usableMetadata(document, issuer),
      { ISSUER_MATCH: issuerFinding(document, issuer, this.url) },
    ];
    if (metadata instanceof Error) {
      return { ...this.compared(document, null), ...named, DISCOVERY_DOCUMENT: DISCOVERY.notUsable(metadata.message) };
    }
    const found = { ...named, DISCOVERY_DOCUMENT: DISCOVERY.complete() };
    // The client secret is not sent to a provider with another issuer.
    if (document.issuer !== issuer) return { ...this.compared(document, null), ...found };
    return { ...found, ...(await this.endpoints(document, metadata)) };
  }

  /** What the document says, and what the authorization endpoint told. */
  private compared(document: Document, told: AuthorizationAnswer | null): Findings {
    return {
      AUTHORIZATION_CODE_FLOW: codeFlowFinding(document, told, pushingOf(document, this.settings)),
      PKCE: pkceFinding(document),
      SCOPES: scopesFinding(document, this.settings, told),
      REFRESH_TOKENS: refreshTokensFinding(document, this.settings),
      GROUPS_CLAIM: groupsClaimFinding(document, this.settings),
      USER_CLAIM: userClaimFinding(document, this.settings),
      LOGOUT: logoutFinding(document, this.settings),
    };
  }

  private async endpoints(document: Document, metadata: ProviderMetadata): Promise<Findings> {
    const { settings, connections, clock } = this;
    const memory = settings.questions ?? noMemory();
    const endsAt = performance.now() + this.stepDeadlineMs;
    const answers = await RecalledAnswers.of(memory, metadata.token_endpoint, clock);
    const means: AskingMeans = { connections, memory, answers, clock, endsAt };
    const [keys, { credentials, told }, userinfo] = await Promise.all([
      this.signingKeys(document, metadata, answers),
      new EndpointQuestions(settings, document, metadata, means).ask(),
      this.userinfo(metadata, answers),
    ]);
    const ofClient = { CLIENT_CREDENTIALS: credentials, REDIRECT_URI: told.redirectUri };
    return { ...this.compared(document, told), SIGNING_KEYS: keys, ...ofClient, USERINFO: userinfo };
  }

  private async signingKeys(document: Document, { jwks_uri: url }: ProviderMetadata, answers: RecalledAnswers) {
    const ask = async () => {
      const answer = await this.get(url);
      if (answer instanceof Error) return SIGNING_KEYS.notReadable(reasonOf(answer));
      if (answer.status !== 200) return SIGNING_KEYS.notReadable(`HTTP ${answer.status}`);
      return signingKeysFinding(document, await jsonOf(answer));
    };
    const listed = JSON.stringify(document.id_token_signing_alg_values_supported ?? null);
    return (await answers.askOrRecall(['keys', url, listed], ask)) ?? ASKED_BEFORE;
  }

  private async userinfo(metadata: ProviderMetadata, answers: RecalledAnswers): Promise<Finding> {
    const isConfirmation = this.settings.confirmAtUserinfo === true;
    const subject = ['userinfo', String(metadata.userinfo_endpoint), String(isConfirmation)];
    const ask = () => userinfoFinding(metadata, this.connections, isConfirmation);
    return (await answers.askOrRecall(subject, ask)) ?? ASKED_BEFORE;
  }

  private async get(url: string): Promise<Response | Error> {
    try {
      return await this.connections.fetch(url, { method: 'GET', headers: { accept: 'application/json' } });
    } catch (error) {
      return asProviderFailure(error);
    }
  }
}

function reasonOf(failure: Error & { readonly detail?: string }): string {
  return failure.detail ?? failure.message;
}

/** Whether an inspection found nothing that prevents logins. */
export function isOk(checks: readonly ProviderCheck[]): boolean {
  return checks.every(({ status }) => status !== ProviderCheckStatus.FAILED);
}
