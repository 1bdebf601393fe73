import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { poolStateOf, statementTimesOf } from '../database/index.js';
import { clusterOf } from '../database/noted-cluster.js';
import { countGrants } from '../grants/statements/index.js';
import { CountsBehind, Metrics } from '../health/index.js';
import { countSessions } from '../sessions/index.js';

/** Lets the metrics tell of the database: its statements, its connections, and how many grants and sessions it has. */
export function measureDatabase(app: NestFastifyApplication): void {
  const [metrics, clock, database] = [app.get(Metrics), app.get(Clock), app.get(DataSource)];
  statementTimesOf(database)?.tell((kind, seconds) => metrics.statement(kind, seconds));
  metrics.describeDatabase(() => labelsOf(database));
  const pool = poolStateOf(database);
  if (pool) metrics.describePool(pool);
  const count = async () => {
    const [grants, sessions] = await Promise.all([countGrants(database), countSessions(database, clock.now())]);
    return grants.set('sessions', sessions);
  };
  metrics.describeCounts(new CountsBehind(count, clock));
}

function labelsOf(database: DataSource) {
  const { engine, kind, isCausal } = clusterOf(database) ?? { engine: 'sqlite', kind: 'none', isCausal: true };
  return { engine, cluster: kind, causal_reads: isCausal ? 'yes' : 'no' };
}
