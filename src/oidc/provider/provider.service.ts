import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { AssertionKeys } from '../../common/crypto/assertion-key.js';
import { Clock } from '../../common/runtime/clock.js';
import { AuthenticationMemory, shortMemory } from './authentication-memory.js';
import { KeptFailure } from './kept-failure.js';
import { ProviderClient } from './provider-client.js';
import { ProviderSettings } from './provider-settings.js';

// Endpoints and documents change: the discovery document is fetched again after this time.
const LONGEST_KEPT_MS = 600_000;

// A refused request may mean that the document has changed. Anybody can bring one back, so it is not read again for each.
const SHORTEST_KEPT_MS = 60_000;

interface Kept {
  readonly revision: number;
  readonly since: number;
  readonly client: Promise<ProviderClient>;
}

/** Keeps the client of the configured provider, built from one revision of the settings. */
@Injectable()
export class ProviderService implements OnApplicationShutdown {
  #kept?: Kept;
  #failing?: { readonly revision: number; readonly failure: KeptFailure };

  /**
   * @param memoryOf which method of client authentication was accepted under a revision; by default each client learns it
   * @param assertionKeys the keys of `private_key_jwt`
   */
  constructor(
    private readonly clock: Clock,
    private readonly memoryOf: (client: ProviderSettings, revision: number) => AuthenticationMemory = shortMemory,
    private readonly assertionKeys?: AssertionKeys,
  ) {}

  /**
   * The client for these settings: the kept one while `revision` is the same and it is not older than ten minutes, else a
   * new one; after a login whose request the provider refused, not older than a minute. Concurrent callers share one
   * discovery. A failure is remembered for some seconds, in which the provider is not asked again; changed settings are tried
   * at once. Throws {@link ProviderUnavailable} or {@link ProviderError}.
   */
  async clientFor(settings: ProviderSettings, revision: number): Promise<ProviderClient> {
    const kept = this.#kept;
    if (kept?.revision === revision && this.isFresh(kept)) return kept.client;
    if (this.#failing?.revision !== revision) this.#failing = { revision, failure: new KeptFailure(this.clock) };
    const remembering = {
      assertionKeys: this.assertionKeys,
      ...settings,
      authentication: this.memoryOf(settings, revision),
      noteRefusedRequest: () => this.doubt(revision),
    };
    const opened = {
      revision,
      since: this.clock.now().getTime(),
      client: this.#failing.failure.unlessFailing(() => ProviderClient.connect(remembering, this.clock)),
    };
    this.#kept = opened;
    closeWhenOpen(kept);
    try {
      return await opened.client;
    } catch (error) {
      if (this.#kept === opened) this.#kept = undefined;
      throw error;
    }
  }

  /** Forgets a failure to open the client, so that the next caller asks the provider again. */
  forgetFailure(): void {
    this.#failing = undefined;
  }

  /** Closes the connections to the provider when their current requests are done. */
  async onApplicationShutdown(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    await kept?.client.then((client) => client.close()).catch(() => undefined);
  }

  private doubt(revision: number): void {
    const kept = this.#kept;
    if (kept?.revision !== revision || this.ageOf(kept) < SHORTEST_KEPT_MS) return;
    this.#kept = undefined;
    closeWhenOpen(kept);
  }

  private isFresh(kept: Kept): boolean {
    const age = this.ageOf(kept);
    return age >= 0 && age <= LONGEST_KEPT_MS;
  }

  private ageOf({ since }: Kept): number {
    return this.clock.now().getTime() - since;
  }
}

function closeWhenOpen(kept: Kept | undefined): void {
  void kept?.client.then((client) => client.close()).catch(() => undefined);
}
