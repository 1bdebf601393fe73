import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

/** What this process counts and measures, in the form of Prometheus. It holds no name and no address of anybody. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = this.counter('mooring_requests_total', 'Requests by route.', 'route');
  private readonly verifications = this.counter(
    'mooring_verifications_total',
    'Verifications of CLI secrets by status.',
    'status',
  );
  private readonly exchanges = this.counter(
    'mooring_provider_exchanges_total',
    'Exchanges with the OpenID provider by outcome.',
    'outcome',
  );
  private readonly throttles = this.counter(
    'mooring_throttled_total',
    'Passwords, secrets and new accounts that were not accepted because too many came before, by the budget that is spent.',
    'budget',
  );
  private isScraped = false;

  /** Counts a request. */
  request(route: string): void {
    this.requests.inc({ route });
  }

  /** Counts a verification of a CLI secret. */
  verification(status: string): void {
    this.verifications.inc({ status });
  }

  /** Counts what was not accepted because a budget is spent. */
  throttled(budget: string): void {
    this.throttles.inc({ budget });
  }

  /** Counts an exchange with the provider, by how it ended. */
  exchange(outcome: string): void {
    this.exchanges.inc({ outcome });
  }

  /** The media type of {@link text}. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All current values. */
  text(): Promise<string> {
    // What the process measures of itself has its price, so nobody pays it before somebody asks.
    if (!this.isScraped) collectDefaultMetrics({ register: this.registry });
    this.isScraped = true;
    return this.registry.metrics();
  }

  private counter(name: string, help: string, label: string): Counter {
    return new Counter({ name, help, labelNames: [label], registers: [this.registry] });
  }
}
