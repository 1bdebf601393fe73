import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { isDoneWithin } from '../common/runtime/within.js';
import type { CountsBehind } from './counts-behind.js';
import { FAMILIES, MetricFamily } from './metric-families.js';
import type { RequestOutcome } from './request-outcome.js';
import type { MetricValues } from './summed-metrics.js';

/** From a read of the database to a provider that is waited for, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** How long a scrape waits for the database, in milliseconds. */
const DATABASE_MS = 1_000;

/**
 * The metrics of this process, in the format of Prometheus; with workers, those of all of them together. They hold no names
 * and no addresses.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = this.counter(FAMILIES.requests);
  private readonly durations = this.histogram(FAMILIES.requestDuration);
  private readonly verifications = this.counter(FAMILIES.verifications);
  private readonly verificationTimes = this.histogram(FAMILIES.verificationDuration);
  private readonly exchanges = this.counter(FAMILIES.exchanges);
  private readonly exchangeTimes = this.histogram(FAMILIES.exchangeDuration);
  private readonly refreshes = this.counter(FAMILIES.refreshes);
  private readonly consentRounds = this.counter(FAMILIES.consentRounds);
  private readonly events = this.counter(FAMILIES.events);
  private readonly auditDeliveries = this.counter(FAMILIES.auditDelivered);
  private readonly auditFailures = this.counter(FAMILIES.auditDeliveryFailures);
  private readonly auditLosses = this.counter(FAMILIES.auditLost);
  private readonly auditWaiting = this.gauge(FAMILIES.auditBacklog);
  private readonly throttles = this.counter(FAMILIES.throttles);
  private readonly statements = this.histogram(FAMILIES.statementDuration);
  private isScraped = false;
  private sum?: () => Promise<string>;

  /** Counts a request. */
  request(route: string): void {
    this.requests.inc({ route });
  }

  /** Counts an answer to a request, which took so many seconds. */
  answer(endpoint: string, outcome: RequestOutcome, seconds: number): void {
    this.durations.observe({ endpoint, outcome }, seconds);
  }

  /** Counts a verification of a CLI secret, which took so many seconds. */
  verification(status: string, seconds: number): void {
    this.verifications.inc({ status });
    this.verificationTimes.observe(seconds);
  }

  /** Counts an attempt that was throttled because a budget was spent. */
  throttled(budget: string): void {
    this.throttles.inc({ budget });
  }

  /** Counts an exchange with the provider by its outcome; it took so many seconds. */
  exchange(outcome: string, seconds: number): void {
    this.exchanges.inc({ outcome });
    this.exchangeTimes.observe({ outcome }, seconds);
  }

  /** Counts a refresh of a login. */
  refresh(outcome: string, reason: string | null): void {
    this.refreshes.inc({ outcome, reason: reason ?? 'none' });
  }

  /** Counts a browser that is sent to the provider for a refresh token (ASKED), or what came of it. */
  consentRound(result: string): void {
    this.consentRounds.inc({ result });
  }

  /** Counts an event of the audit log. */
  event(action: string, outcome: string): void {
    this.events.inc({ action, outcome });
  }

  /** Begins the counters of a receiver with 0: alerts do not see the first step of a counter that was missing before. */
  auditReceiver(receiver: string): void {
    for (const counter of [this.auditDeliveries, this.auditFailures, this.auditLosses]) counter.inc({ receiver }, 0);
  }

  /** Counts audit events that a receiver has taken. */
  auditDelivered(receiver: string, events: number): void {
    this.auditDeliveries.inc({ receiver }, events);
  }

  /** Counts a delivery of audit events that a receiver has not taken. */
  auditDeliveryFailed(receiver: string): void {
    this.auditFailures.inc({ receiver });
  }

  /** Counts audit events that a receiver never gets. */
  auditLost(receiver: string, events: number): void {
    this.auditLosses.inc({ receiver }, events);
  }

  /** Tells how many audit events wait for a receiver, where this process delivers to it. */
  auditBacklog(receiver: string, events: number): void {
    this.auditWaiting.set({ receiver }, events);
  }

  /**
   * Tells what this process runs, and at each scrape whether the database is ready.
   *
   * @param isReady what says so
   * @param isAgreed what says whether all servers have the same fixed settings
   */
  describe(version: string, isReady: () => Promise<boolean>, isAgreed: () => boolean): void {
    this.gauge(FAMILIES.build).set({ version, node: process.versions.node }, 1);
    this.gauge(FAMILIES.databaseReady, async (gauge) => gauge.set((await isReadyInTime(isReady)) ? 1 : 0));
    this.gauge(FAMILIES.settingsAgree, (gauge) => Promise.resolve(gauge.set(isAgreed() ? 1 : 0)));
  }

  /** Counts a statement of the database, which took so many seconds. */
  statement(kind: string, seconds: number): void {
    this.statements.observe({ kind }, seconds);
  }

  /** Tells at each scrape what the database is; `read` gives the labels. */
  describeDatabase(read: () => Readonly<Record<string, string>>): void {
    this.gauge(FAMILIES.databaseInfo, (gauge) => {
      gauge.reset();
      gauge.set(read(), 1);
    });
  }

  /** Tells at each scrape what connections to a database server do; `read` gives their number by state. */
  describePool(read: () => Readonly<Record<string, number>>): void {
    this.gauge(FAMILIES.pool, (gauge) => {
      for (const [state, count] of Object.entries(read())) gauge.set({ state }, count);
    });
  }

  /** Tells at each scrape the last counts of grants, by state, and of sessions, which `counts` has as `sessions`. */
  describeCounts(counts: CountsBehind): void {
    // First, because a scrape reads the metrics in this order, and it sets the other two.
    const age = this.gauge(FAMILIES.countsAge, () => {
      const last = counts.read();
      if (!last) return;
      const { sessions: open = 0, ...states } = Object.fromEntries(last.counts);
      grants.reset();
      for (const [state, count] of Object.entries(states)) grants.set({ state }, count);
      sessions.set(open);
      age.set(last.age);
    });
    const grants = this.gauge(FAMILIES.grants);
    const sessions = this.gauge(FAMILIES.sessions);
    // A gauge without labels begins with 0, which would be wrong until something is counted.
    for (const gauge of [age, sessions]) gauge.remove();
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

  private counter(family: MetricFamily): Counter {
    return new Counter(this.of(family));
  }

  private histogram(family: MetricFamily): Histogram {
    return new Histogram({ ...this.of(family), buckets: BUCKETS });
  }

  private gauge(family: MetricFamily, measure?: (gauge: Gauge) => void | Promise<void>): Gauge {
    return new Gauge({
      ...this.of(family),
      aggregator: family.ofWorkers ?? 'sum',
      ...(measure && {
        collect(this: Gauge) {
          return measure(this);
        },
      }),
    });
  }

  private of({ name, help, labels }: MetricFamily) {
    return { name, help, labelNames: Object.keys(labels), registers: [this.registry] };
  }
}

async function isReadyInTime(isReady: () => Promise<boolean>): Promise<boolean> {
  const answer = isReady();
  try {
    return (await isDoneWithin(DATABASE_MS, answer)) && (await answer);
  } catch {
    return false;
  }
}
