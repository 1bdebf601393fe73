import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { ProviderFactsService, SecretMethod } from '../provider-facts/index.js';
import type { OidcSettings } from '../settings/oidc-settings.schema.js';
import type { Settings } from '../settings/settings.service.js';
import { providerFingerprint } from './current-provider.service.js';
import type { ProviderSettings } from './provider/index.js';

type AuthenticationMemory = NonNullable<ProviderSettings['authentication']>;

interface Known {
  readonly client: string;
  readonly revision: number;
  readonly method: SecretMethod;
}

/** Which method of client authentication the provider has accepted, for all replicas and for each revision of the settings. */
@Injectable()
export class SharedAuthentications {
  private readonly logger = new Logger(SharedAuthentications.name);
  /** So that a refresh need not read what it read before. */
  private known: Known | null = null;

  constructor(
    private readonly facts: ProviderFactsService,
    private readonly clock: Clock,
  ) {}

  /** The memory for a client under a revision of the settings. Its questions are answered also without the database. */
  of(client: Pick<ProviderSettings, 'issuer' | 'clientId'>, revision: number): AuthenticationMemory {
    const key = providerFingerprint(client.issuer, client.clientId);
    return {
      remembered: () => this.remembered(key, revision),
      accepted: (method) => this.accepted(key, revision, method),
      mayTryOther: (refused) => this.mayTryOther(key, revision, refused),
    };
  }

  /** The memory for tested settings if they name the client in force; undefined else, because others are not stored. */
  ofTested(tested: OidcSettings, { oidc, revision }: Settings): AuthenticationMemory | undefined {
    const { endpoint: issuer, clientId } = tested;
    const isInForce = JSON.stringify(clientOf(tested)) === JSON.stringify(clientOf(oidc));
    return isInForce && issuer !== null && clientId !== null ? this.of({ issuer, clientId }, revision) : undefined;
  }

  private async remembered(client: string, revision: number): Promise<SecretMethod | null> {
    const { known } = this;
    if (known?.client === client && known.revision === revision) return known.method;
    return this.unlessSilent(() => this.read(client, revision));
  }

  private async accepted(client: string, revision: number, method: SecretMethod): Promise<void> {
    const { known } = this;
    if (known?.client === client && known.revision === revision && known.method === method) return;
    await this.unlessSilent(async () => {
      await this.facts.noteClientAuthentication(client, revision, method);
      this.known = { client, revision, method };
    });
  }

  /** Always where no method is known, or another replica has learned meanwhile that the refused one is no longer accepted. */
  private async mayTryOther(client: string, revision: number, refused: SecretMethod): Promise<boolean> {
    const may = await this.unlessSilent(async () => {
      const method = await this.read(client, revision);
      if (method !== refused) return true;
      return this.facts.takeOtherTry(client, revision, this.clock.now());
    });
    return may ?? false;
  }

  private async read(client: string, revision: number): Promise<SecretMethod | null> {
    const method = await this.facts.clientAuthentication(client, revision);
    this.known = method === null ? null : { client, revision, method };
    return method;
  }

  /** What the database answers; null if it does not: an exchange with the provider, whose tokens count, goes on without it. */
  private async unlessSilent<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      const fields = { error: (error as Error).message };
      this.logger.warn(fields, 'The accepted method of client authentication could not be read or written.');
      return null;
    }
  }
}

function clientOf({
  endpoint,
  discoveryUrl,
  clientId,
  clientSecret,
  clientAuthentication,
  ...connection
}: OidcSettings) {
  const { verifyCertificate, caCertificates } = connection;
  const place = [endpoint, discoveryUrl, clientId];
  return [...place, clientSecret?.reveal(), clientAuthentication, verifyCertificate, caCertificates];
}
