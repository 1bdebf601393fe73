import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import { MetricValues } from './summed-metrics.js';

/**
 * The metrics of this process, in the format of Prometheus; with workers, those of all of them together. They hold no names
 * and no addresses.
 */
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
  private readonly consentRounds = this.counter(
    'mooring_consent_rounds_total',
    'Browsers that were sent to the OpenID provider once more for a refresh token (ASKED), and what came of it.',
    'result',
  );
  private readonly throttles = this.counter(
    'mooring_throttled_total',
    'Passwords, secrets and new accounts that were not accepted because too many came before, by the budget that is spent.',
    'budget',
  );
  private isScraped = false;
  private sum?: () => Promise<string>;

  /** Counts a request. */
  request(route: string): void {
    this.requests.inc({ route });
  }

  /** Counts a verification of a CLI secret. */
  verification(status: string): void {
    this.verifications.inc({ status });
  }

  /** Counts an attempt that was throttled because a budget was spent. */
  throttled(budget: string): void {
    this.throttles.inc({ budget });
  }

  /** Counts an exchange with the provider by its outcome. */
  exchange(outcome: string): void {
    this.exchanges.inc({ outcome });
  }

  /** Counts a browser that is sent to the provider for a refresh token (ASKED), or what came of it. */
  consentRound(result: string): void {
    this.consentRounds.inc({ result });
  }

  /** The media type of {@link text}. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All current values, in that media type. */
  text(): Promise<string> {
    if (this.sum) return this.sum();
    this.measureProcess();
    return this.registry.metrics();
  }

  /** All current values of this process, to be summed with those of others. */
  values(): Promise<MetricValues[]> {
    this.measureProcess();
    return this.registry.getMetricsAsJSON();
  }

  /** Makes {@link text} tell of several processes together: the text that `sum` returns. */
  sumBy(sum: () => Promise<string>): void {
    this.sum = sum;
  }

  // The default metrics of a process cost something, so they start with the first scrape.
  private measureProcess(): void {
    if (!this.isScraped) collectDefaultMetrics({ register: this.registry });
    this.isScraped = true;
  }

  private counter(name: string, help: string, label: string): Counter {
    return new Counter({ name, help, labelNames: [label], registers: [this.registry] });
  }
}
