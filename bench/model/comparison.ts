import type { LoadSeen, Measured } from './measured.js';
import { Case, Seen, simulated } from './simulation.js';

const [USERS, SECONDS, SEED] = [1_000, 20, 20_261];

/** A figure as it was measured, as it was simulated, and the second as a share of the first. */
export interface Compared {
  readonly what: string;
  readonly measured: number;
  readonly simulated: number;
  readonly ratio: number;
}

/** The costs that the simulation computes with. */
export type Fitted = Pick<Case, 'costs' | 'roundTripMs' | 'clientMs'>;

/**
 * The costs of the simulation: what a request and a statement take, from the loads with the fewest and the most connections, which
 * differ in how many requests share a statement; and the round trip of a statement from the latency with the fewest.
 *
 * @throws {Error} if there are less than two loads
 */
export function fitted({ loads, operations }: Pick<Measured, 'loads' | 'operations'>, providerMs: number): Fitted {
  const sorted = [...loads].sort((one, other) => one.connections - other.connections);
  const [few, many] = [sorted[0], sorted.at(-1)];
  if (!few || !many || few === many) throw new Error('Two loads with different connections have to be measured first.');
  const less = few.statementsPerRequest - many.statementsPerRequest;
  const perStatement = less > 0 ? Math.max(0, few.replicaMicros - many.replicaMicros) / less : 0;
  const perRequest = Math.max(0, few.replicaMicros - perStatement * few.statementsPerRequest);
  const { refresh, verificationAlone } = operations;
  const statements = refresh.statements - verificationAlone.statements;
  const perRefresh = refresh.replicaMicros - verificationAlone.replicaMicros - perStatement * statements;
  const costs = { requestMs: perRequest / 1000, statementMs: perStatement / 1000 };
  return {
    costs: { ...costs, refreshMs: Math.max(0, perRefresh) / 1000, providerMs },
    clientMs: few.clientMicros / 1000,
    roundTripMs: Math.max(0.01, (few.p50 - few.replicaMicros / 1000) / few.statementsPerRequest),
  };
}

const compared = (what: string, measured: number, simulated: number): Compared => ({
  ...{ what, measured, simulated, ratio: simulated / measured },
});

function comparedLoad(load: LoadSeen, seen: Seen): Compared[] {
  const of = `${load.connections} ${load.connections === 1 ? 'connection' : 'connections'}`;
  return [
    compared(`${of}: verifications a second`, load.perSecond, seen.perSecond),
    compared(`${of}: for a second of CPU time`, 1e6 / load.replicaMicros, seen.perSecond / seen.busy),
    compared(`${of}: median, ms`, load.p50, seen.p50),
    compared(`${of}: statements a verification`, load.statementsPerRequest, seen.statementsPerRequest),
  ];
}

/** The measured cases beside the simulated ones. */
export function comparedCases(measured: Measured): Compared[] {
  const { loads, refreshing } = measured;
  const model = fitted(measured, refreshing.providerMs);
  const base: Omit<Case, 'arrivals'> = {
    ...{ replicas: 1, users: USERS, expired: 0, seconds: SECONDS, seed: SEED, ...model },
  };
  const rows = loads.flatMap((load) =>
    comparedLoad(load, simulated({ ...base, arrivals: { connections: load.connections } })),
  );
  const connections = Math.max(...loads.map((load) => load.connections));
  const expired = Math.min(USERS, refreshing.grants);
  const beside = simulated({ ...base, expired, seconds: refreshing.seconds, arrivals: { connections } });
  return [...rows, compared('refreshes of as many expired grants', refreshing.refreshes, beside.refreshes)];
}

/** What several replicas do with grants that expire together, each asked for at each of them. */
export function refreshedOverReplicas(measured: Measured, replicas: number): Seen {
  const model = fitted(measured, measured.refreshing.providerMs);
  const users = 200;
  return simulated({
    ...{ replicas, users, expired: users, seconds: 10, seed: SEED, ...model },
    arrivals: { connections: 50 * replicas },
  });
}
