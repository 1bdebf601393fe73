import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch, boundedFetch } from '../provider/bounded-fetch.js';
import { credentialsFinding, TestedClient } from './credentials-check.js';
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
import { userinfoFinding } from './userinfo-check.js';

/** The deadline of each of the two steps, in milliseconds: the discovery document; then keys, credentials and userinfo in parallel. */
const STEP_DEADLINE_MS = 7_000;
const CERTIFICATE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_)/;
const SELF_SIGNED = /^(DEPTH_ZERO|SELF_SIGNED)/;

/** The settings to inspect; client id and secret may be missing. */
export interface InspectedSettings extends ReportedSettings, TestedClient {
  readonly issuer: string;
  /** Whether userinfo must confirm each refresh; by default not. */
  readonly confirmAtUserinfo?: boolean;
  readonly verifyCertificate: boolean;
  readonly caCertificates: string | null;
}

type Findings = Partial<Record<ProviderCheckName, Finding>>;
type Document = Readonly<Record<string, unknown>>;

/**
 * Checks a provider against the settings and reports each check. Stores nothing and logs nobody in. Ends within 15 seconds,
 * never throws for a failure of the provider, and quotes no answer.
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
    const findings = await new Inspection(settings, clock, connections, stepDeadlineMs).findings();
    const notReached = skipped('An earlier check must pass first.');
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
    private readonly stepDeadlineMs: number,
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
      const what = answer.ok ? 'The answer is not a JSON object' : `The answer is HTTP ${answer.status}`;
      return { ...reached, DISCOVERY_DOCUMENT: failed(`No discovery document: ${what}.`, remedy) };
    }
    const published = { ...reached, ...metadataFindings(document, this.settings), ...this.issuer(document) };
    return { ...published, ...(await this.endpoints(document)) };
  }

  private tls(): Finding {
    if (new URL(this.settings.issuer).protocol === 'http:')
      return skipped('Plain http, which is allowed on a loopback address.');
    if (this.settings.verifyCertificate) return passed('The certificate is trusted.');
    const remedy = 'Add the CA certificate to the settings instead, and verify the certificate.';
    return warning(
      'The certificate is not verified: an attacker in the network could read and change everything.',
      remedy,
    );
  }

  private clockFinding(answer: Response): Finding {
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return skipped('The provider sends no Date header.');
    const apart = Math.round(Math.abs(theirs - this.clock.now().getTime()) / 1000);
    if (apart <= CLOCK_TOLERANCE_SECONDS) return passed('Both clocks agree.');
    const detail = `The clocks are ${apart} seconds apart; at most ${CLOCK_TOLERANCE_SECONDS} are tolerated.`;
    return warning(detail, 'Synchronise the clocks of both servers (NTP).');
  }

  private issuer(document: Document): Findings {
    const { issuer } = this.settings;
    if (document.issuer === issuer) return { ISSUER_MATCH: passed('The issuer equals the endpoint.') };
    const theirs = shown(document.issuer);
    const remedy = 'Set the endpoint to exactly the published issuer, including a slash at the end.';
    return {
      ISSUER_MATCH: failed(
        `The provider publishes the issuer ${theirs}, but the endpoint is ${shown(issuer)}.`,
        remedy,
      ),
    };
  }

  /** Checks the endpoints that the document names, if they could be used for a login. */
  private async endpoints(document: Document): Promise<Findings> {
    const metadata = usable({ ...document, issuer: this.settings.issuer }, this.settings.issuer);
    if (metadata instanceof Error) {
      const remedy = "Check the endpoint, and the provider's own configuration of its address.";
      return { DISCOVERY_DOCUMENT: failed(metadata.message, remedy) };
    }
    const found = { DISCOVERY_DOCUMENT: passed('The discovery document has all required fields.') };
    // The client secret is not sent to a provider with another issuer.
    if (document.issuer !== this.settings.issuer) return found;
    const [keys, credentials, userinfo] = await Promise.all([
      this.signingKeys(document, metadata),
      credentialsFinding(this.settings, metadata, this.connections, this.stepDeadlineMs),
      userinfoFinding(metadata, this.connections, this.settings.confirmAtUserinfo === true),
    ]);
    return { ...found, SIGNING_KEYS: keys, CLIENT_CREDENTIALS: credentials, USERINFO: userinfo };
  }

  private async signingKeys(document: Document, { jwks_uri }: ProviderMetadata): Promise<Finding> {
    const answer = await this.get(jwks_uri);
    const remedy = "Check that Mooring's server can reach the provider's key set.";
    if (answer instanceof Error) return failed(`The key set can't be read: ${reasonOf(answer)}.`, remedy);
    if (!answer.ok) return failed(`The key set can't be read: HTTP ${answer.status}.`, remedy);
    return signingKeysFinding(document, await jsonOf(answer));
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

/** OpenID Connect Discovery 1.0, section 4: a slash at the end of the issuer is removed first. */
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
    const what = SELF_SIGNED.test(reason) ? 'self-signed, or signed by a private CA' : 'not trusted';
    const remedy =
      'Add the CA certificate to the settings (caCertificates) or, only for a trial, turn verifyCertificate off.';
    return {
      REACHABLE: passed('The provider answers.'),
      TLS: failed(`The certificate is ${what} (${reason}).`, remedy),
    };
  }
  const remedy = 'Check the endpoint, DNS, and whether a firewall blocks the connection.';
  if (failure instanceof ProviderUnavailable) return { REACHABLE: failed(`No answer (${reason}).`, remedy) };
  return {
    REACHABLE: passed('The provider answers.'),
    DISCOVERY_DOCUMENT: failed(`No usable discovery document (${reason}).`, remedy),
  };
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return '(none)';
  return JSON.stringify(value.slice(0, 255).replace(/[\p{C}\p{Z}]/gu, '?'));
}

/** Whether an inspection found nothing that prevents logins. */
export function isOk(checks: readonly ProviderCheck[]): boolean {
  return checks.every(({ status }) => status !== ProviderCheckStatus.FAILED);
}
