/** A metric, as docs/metrics.md tells it. */
export interface MetricFamily {
  readonly kind: 'counter' | 'histogram' | 'gauge';
  readonly name: string;
  readonly help: string;
  /** Each label with its values. They come from fixed lists: nothing that a stranger sends becomes one. */
  readonly labels: Readonly<Record<string, string>>;
  /** What is made of the values of several worker processes; by default their sum. */
  readonly ofWorkers?: 'min' | 'max' | 'first';
}

const OUTCOME =
  'OK; REFUSED (an HTTP status from 400 on, or a GraphQL field with an error); RATE_LIMITED (429); FAILED (from 500 on)';

/** Everything that Mooring measures of itself: the source of docs/metrics.md. */
export const FAMILIES = {
  build: {
    kind: 'gauge',
    name: 'mooring_build_info',
    help: 'Always 1.',
    labels: { version: 'the release', node: 'the version of Node' },
    ofWorkers: 'first',
  },
  databaseReady: {
    kind: 'gauge',
    name: 'mooring_database_ready',
    help: 'Whether the database can be read and written, as /health/ready says: 1 or 0. 0 also where it does not answer within a second.',
    labels: {},
    ofWorkers: 'min',
  },
  databaseInfo: {
    kind: 'gauge',
    name: 'mooring_database_info',
    help: 'Always 1: what the newest connection to the database leads to.',
    labels: {
      engine: 'sqlite, mariadb, mysql',
      cluster: 'none, galera, group-replication',
      causal_reads:
        'yes (statements see what any node has acknowledged; also without a cluster), no (the server refuses it)',
    },
    ofWorkers: 'first',
  },
  settingsAgree: {
    kind: 'gauge',
    name: 'mooring_settings_agree',
    help: 'Whether all servers of the installation have the same settings in FIXED_SETTINGS or SETTINGS_FILE, by the last comparison: 1 or 0.',
    labels: {},
    ofWorkers: 'min',
  },
  requests: {
    kind: 'counter',
    name: 'mooring_requests_total',
    help: 'Requests by route.',
    labels: { route: 'a route of Mooring, or none' },
  },
  requestDuration: {
    kind: 'histogram',
    name: 'mooring_request_duration_seconds',
    help: 'How long requests took, from the arrival of their headers until the answer was sent.',
    labels: {
      endpoint:
        'graphql (everything of the API: verifications, logins with a password), registry_token (/service/token), login (the way to the provider), login_callback (the way back)',
      outcome: OUTCOME,
    },
  },
  verifications: {
    kind: 'counter',
    name: 'mooring_verifications_total',
    help: 'Verifications of CLI secrets by status.',
    labels: { status: 'a CliSecretVerificationStatus of the API' },
  },
  verificationDuration: {
    kind: 'histogram',
    name: 'mooring_verification_duration_seconds',
    help: 'How long verifications of CLI secrets took, with the refresh of the login where one was due.',
    labels: {},
  },
  exchanges: {
    kind: 'counter',
    name: 'mooring_provider_exchanges_total',
    help: 'Exchanges with the OpenID provider by outcome.',
    labels: { outcome: 'ANSWERED, REFUSED (it answered with an error, or unusably), UNAVAILABLE (no answer, or 5xx)' },
  },
  exchangeDuration: {
    kind: 'histogram',
    name: 'mooring_provider_exchange_duration_seconds',
    help: 'How long exchanges with the OpenID provider took, with the body of the answer.',
    labels: { outcome: 'as above' },
  },
  refreshes: {
    kind: 'counter',
    name: 'mooring_refreshes_total',
    help: 'Refreshes of the logins of users at the OpenID provider.',
    labels: {
      outcome: 'SUCCEEDED, REFUSED (the login has ended), FAILED (it is tried again)',
      reason: 'the reason of the event grant.refresh in the audit log; none where it succeeded',
    },
  },
  consentRounds: {
    kind: 'counter',
    name: 'mooring_consent_rounds_total',
    help: 'Browsers that were sent to the OpenID provider once more for a refresh token (ASKED), and what came of it.',
    labels: { result: 'ASKED, ADDED, NO_REFRESH_TOKEN, OTHER_PERSON, LOGIN_CHANGED, TOO_LATE, or an error code' },
  },
  events: {
    kind: 'counter',
    name: 'mooring_audit_events_total',
    help: 'Events of the audit log, such as logins and refused verifications; refusals that it counts in one row count one by one.',
    labels: { action: 'an action of the audit log, such as login', outcome: 'SUCCEEDED, REFUSED, FAILED' },
  },
  auditDelivered: {
    kind: 'counter',
    name: 'mooring_audit_delivered_total',
    help: 'Audit events that a receiver has taken, by the process that delivered them.',
    labels: { receiver: 'webhook, syslog' },
  },
  auditDeliveryFailures: {
    kind: 'counter',
    name: 'mooring_audit_delivery_failures_total',
    help: 'How often a receiver has not taken audit events. They are sent again, after a pause that grows.',
    labels: { receiver: 'as above' },
  },
  auditLost: {
    kind: 'counter',
    name: 'mooring_audit_lost_total',
    help: 'Audit events that a receiver never gets, because more than AUDIT_BACKLOG waited or the retention removed them first.',
    labels: { receiver: 'as above' },
  },
  auditBacklog: {
    kind: 'gauge',
    name: 'mooring_audit_backlog',
    help: 'Audit events that wait for a receiver. One process delivers, over all replicas; the others say 0.',
    labels: { receiver: 'as above' },
  },
  throttles: {
    kind: 'counter',
    name: 'mooring_throttled_total',
    help: 'Passwords, secrets and new accounts that were not accepted because too many came before, by the budget that is spent.',
    labels: { budget: 'address, user, known_address, registration, account_request' },
  },
  statementDuration: {
    kind: 'histogram',
    name: 'mooring_database_statement_duration_seconds',
    help: 'How long statements of the database took, with the wait for a connection, for a lock and for the disk.',
    labels: {
      kind: 'read, write, beside (lists, counts and indexing, which hold up no request with SQLite), other',
    },
  },
  pool: {
    kind: 'gauge',
    name: 'mooring_database_pool',
    help: 'Connections to the database server, and requests that wait for one. Missing with SQLite.',
    labels: { state: 'in_use, idle, waiting' },
  },
  grants: {
    kind: 'gauge',
    name: 'mooring_grants',
    help: 'Logins of users at the OpenID provider that Mooring has, over all replicas: counted at most once a minute, behind the scrape.',
    labels: {
      state: 'ACTIVE (it has not ended), REFRESH_REJECTED, PROVIDER_LOGOUT, NO_REFRESH_TOKEN (how it ended)',
    },
    ofWorkers: 'max',
  },
  sessions: {
    kind: 'gauge',
    name: 'mooring_sessions',
    help: 'Sessions of browsers that have not expired, over all replicas: counted like the grants.',
    labels: {},
    ofWorkers: 'max',
  },
  countsAge: {
    kind: 'gauge',
    name: 'mooring_counts_age_seconds',
    help: 'How old mooring_grants and mooring_sessions are; all three are missing until the first scrape after the start has had them counted.',
    labels: {},
    ofWorkers: 'max',
  },
} as const satisfies Record<string, MetricFamily>;
