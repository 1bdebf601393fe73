import { ServerMetadata } from 'openid-client';
import { Clock } from '../../common/runtime/clock.js';
import { randomBase62 } from '../../common/crypto/random-text.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { BoundedFetch, boundedFetch } from '../provider/bounded-fetch.js';
import { clientAuthentication } from '../provider/client-authentication.js';
import { metadataFindings, ReportedSettings, signingKeysFinding } from './metadata-findings.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { checkedMetadata, ProviderMetadata } from '../provider/provider-metadata.js';
import {
  Finding,
  failed,
  passed,
  ProviderCheck,
  ProviderCheckName,
  ProviderCheckStatus,
  skipped,
  warning,
} from './provider-report.js';
import { ProviderUnavailable } from '../provider/provider.errors.js';
import { CLOCK_TOLERANCE_SECONDS } from '../provider/signing-keys.js';

/** For each of the two steps, in milliseconds: the discovery document, then keys and credentials side by side. */
const STEP_DEADLINE_MS = 7_000;
const CERTIFICATE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_)/;
const SELF_SIGNED = /^(DEPTH_ZERO|SELF_SIGNED)/;

/** What an inspection is made with; client id and secret may not be there yet. */
export interface InspectedSettings extends ReportedSettings {
  readonly issuer: string;
  readonly clientId: string | null;
  readonly clientSecret: SecretText | null;
  readonly redirectUri: string;
  readonly verifyCertificate: boolean;
  readonly caCertificates: string | null;
}

type Findings = Partial<Record<ProviderCheckName, Finding>>;
type Document = Readonly<Record<string, unknown>>;

/**
 * Looks at a provider as the settings name it, and tells line by line what works. Nothing is stored and nobody is logged
 * in. Ends within 15 seconds, never throws for what the provider does, and quotes no answer of it.
 *
 * @param stepDeadlineMs for each of the two steps, in milliseconds
 */
export async function inspectProvider(
  settings: InspectedSettings,
  clock: Clock,
  stepDeadlineMs = STEP_DEADLINE_MS,
): Promise<ProviderCheck[]> {
  const connections = boundedFetch({ ...settings, deadlineMs: stepDeadlineMs });
  try {
    const findings = await new Inspection(settings, clock, connections).findings();
    const notReached = skipped('An earlier check has to pass first.');
    return Object.values(ProviderCheckName).map((name) => ({ name, ...(findings[name] ?? notReached) }));
  } finally {
    void connections.close();
  }
}

class Inspection {
  constructor(
    private readonly settings: InspectedSettings,
    private readonly clock: Clock,
    private readonly connections: BoundedFetch,
  ) {}

  async findings(): Promise<Findings> {
    const scopes = metadataFindings({}, this.settings).SCOPES;
    const answer = await this.get(discoveryUrlOf(this.settings.issuer));
    if (answer instanceof Error)
      return { ...unreached(answer), ...(scopes?.status === ProviderCheckStatus.FAILED && { SCOPES: scopes }) };
    const reached = { REACHABLE: passed('The provider answers.'), TLS: this.tls(), CLOCK: this.clockFinding(answer) };
    const document = await jsonOf(answer);
    if (!answer.ok || !document) {
      const remedy = 'Check the endpoint: it is the issuer, without /.well-known/openid-configuration.';
      const what = answer.ok ? 'What is there is no JSON object' : `It answers with HTTP ${answer.status}`;
      return { ...reached, DISCOVERY_DOCUMENT: failed(`No discovery document: ${what}.`, remedy) };
    }
    const published = { ...reached, ...metadataFindings(document, this.settings), ...this.issuer(document) };
    return { ...published, ...(await this.endpoints(document)) };
  }

  private tls(): Finding {
    if (new URL(this.settings.issuer).protocol === 'http:')
      return skipped('Plain http, which a loopback address may use.');
    if (this.settings.verifyCertificate) return passed('The certificate is trusted.');
    const remedy = 'Add the CA certificate to the settings instead, and verify the certificate.';
    return warning('The certificate is not verified: whoever is in between could read and change everything.', remedy);
  }

  private clockFinding(answer: Response): Finding {
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return skipped('The provider sends no Date header.');
    const apart = Math.round(Math.abs(theirs - this.clock.now().getTime()) / 1000);
    if (apart <= CLOCK_TOLERANCE_SECONDS) return passed('Both clocks agree.');
    const detail = `The clocks are ${apart} seconds apart; ${CLOCK_TOLERANCE_SECONDS} are allowed for.`;
    return warning(detail, 'Let both servers take their time from the network (NTP).');
  }

  private issuer(document: Document): Findings {
    const { issuer } = this.settings;
    if (document.issuer === issuer)
      return { ISSUER_MATCH: passed('The provider calls itself what the endpoint says.') };
    const theirs = shown(document.issuer);
    const remedy = 'Set the endpoint to exactly what the provider calls itself, a slash at the end included.';
    return { ISSUER_MATCH: failed(`The provider calls itself ${theirs}, the endpoint is ${shown(issuer)}.`, remedy) };
  }

  /** What has to be asked at the endpoints that the document names; only at those that could be used for a login. */
  private async endpoints(document: Document): Promise<Findings> {
    const metadata = usable({ ...document, issuer: this.settings.issuer }, this.settings.issuer);
    if (metadata instanceof Error) {
      const remedy = 'Check the endpoint, and what the provider is told about its own address.';
      return { DISCOVERY_DOCUMENT: failed(metadata.message, remedy) };
    }
    const found = { DISCOVERY_DOCUMENT: passed('The discovery document names all that is needed.') };
    // Whoever calls itself something else is sent no secret.
    if (document.issuer !== this.settings.issuer) return found;
    const [keys, credentials] = await Promise.all([this.signingKeys(document, metadata), this.credentials(metadata)]);
    return { ...found, SIGNING_KEYS: keys, CLIENT_CREDENTIALS: credentials };
  }

  private async signingKeys(document: Document, { jwks_uri }: ProviderMetadata): Promise<Finding> {
    const answer = await this.get(jwks_uri);
    const remedy = "Check that the provider's key set can be reached from here.";
    if (answer instanceof Error) return failed(`The key set can't be read: ${reasonOf(answer)}.`, remedy);
    if (!answer.ok) return failed(`The key set can't be read: HTTP ${answer.status}.`, remedy);
    return signingKeysFinding(document, await jsonOf(answer));
  }

  /** A token request with a code that can't be valid: the kind of refusal tells whether the client was recognised. */
  private async credentials(metadata: ProviderMetadata): Promise<Finding> {
    const { clientId, clientSecret, redirectUri } = this.settings;
    if (clientId === null || clientSecret === null) return skipped('Client id or secret are not set.', 'Set both.');
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: `mooring-test-${randomBase62(32)}`,
      redirect_uri: redirectUri,
      code_verifier: randomBase62(43),
    });
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' });
    const prove = clientAuthentication(metadata.token_endpoint_auth_methods_supported, clientSecret);
    void prove(metadata as unknown as ServerMetadata, { client_id: clientId }, body, headers);
    if (!headers.has('authorization')) body.set('client_id', clientId);
    const answer = await this.ask(metadata.token_endpoint, { method: 'POST', headers, body: body.toString() });
    return answer instanceof Error ? skipped(`No usable answer: ${reasonOf(answer)}.`) : judged(answer);
  }

  private get(url: string): Promise<Response | Error> {
    return this.ask(url, { method: 'GET', headers: { accept: 'application/json' } });
  }

  private async ask(url: string, request: Parameters<BoundedFetch['fetch']>[1]): Promise<Response | Error> {
    try {
      return await this.connections.fetch(url, request);
    } catch (error) {
      return asProviderFailure(error);
    }
  }
}

/** OpenID Connect Discovery 1.0, section 4: a slash at the end of the issuer goes first. */
function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

async function jsonOf(answer: Response): Promise<Document | undefined> {
  const value: unknown = await answer.json().catch(() => undefined);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined;
}

function usable(document: Document, issuer: string): ProviderMetadata | Error {
  try {
    return checkedMetadata(document, issuer);
  } catch (error) {
    return asProviderFailure(error);
  }
}

function reasonOf(failure: Error & { readonly detail?: string }): string {
  return failure.detail ?? failure.message;
}

function unreached(failure: Error & { readonly detail?: string }): Findings {
  const reason = reasonOf(failure);
  if (CERTIFICATE.test(reason)) {
    const what = SELF_SIGNED.test(reason) ? 'self-signed, or signed by a CA of its own' : 'not trusted';
    const remedy =
      'Add the CA certificate to the settings (caCertificates) or, for a trial alone, turn verifyCertificate off.';
    return {
      REACHABLE: passed('The provider answers.'),
      TLS: failed(`The certificate is ${what} (${reason}).`, remedy),
    };
  }
  const remedy = 'Check the endpoint, the name service, and whether a firewall is in between.';
  if (failure instanceof ProviderUnavailable) return { REACHABLE: failed(`No answer (${reason}).`, remedy) };
  return {
    REACHABLE: passed('The provider answers.'),
    DISCOVERY_DOCUMENT: failed(`No usable discovery document (${reason}).`, remedy),
  };
}

async function judged(answer: Response): Promise<Finding> {
  const error = (await jsonOf(answer))?.error;
  const isClient = error === 'invalid_client' || error === 'unauthorized_client';
  if (isClient || (error === undefined && answer.status === 401)) {
    const remedy =
      'Compare client id and secret with those registered at the provider, and that the client may use the code flow.';
    return failed(`The provider refuses the client (${isClient ? error : 'HTTP 401'}).`, remedy);
  }
  if (error === 'invalid_grant') return passed('The provider knows the client; it refused the made-up code alone.');
  return skipped("This provider's answer does not tell whether the client id and secret are right.");
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return 'nothing';
  return JSON.stringify(value.slice(0, 255).replace(/[\p{C}\p{Z}]/gu, '?'));
}

/** Whether an inspection found nothing that would keep people from logging in. */
export function isOk(checks: readonly ProviderCheck[]): boolean {
  return checks.every(({ status }) => status !== ProviderCheckStatus.FAILED);
}
