import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Cluster, clusterInWords } from './mysql-cluster.js';

const NOTED = new WeakMap<object, Cluster>();
const logger = new Logger('Database');

/** Notes what the newest connection of a pool leads to, and logs it where another one led elsewhere. */
export function noteCluster(pool: object, cluster: Cluster): void {
  const before = NOTED.get(pool);
  NOTED.set(pool, cluster);
  if (before && clusterInWords(before) !== clusterInWords(cluster)) tellCluster(cluster);
}

/** What the database server of a data source is part of, by its newest connection; undefined with SQLite. */
export function clusterOf({ driver }: DataSource): Cluster | undefined {
  const { pool } = driver as unknown as { readonly pool?: object };
  return pool && NOTED.get(pool);
}

/** Logs what a database server is part of, and what that means for what it is asked. */
export function tellCluster(cluster: Cluster): void {
  const fields = { cluster: cluster.kind, isCausal: cluster.isCausal };
  const text = `The database server (${cluster.version}) ${clusterInWords(cluster)}.`;
  if (cluster.isCausal) logger.log(fields, text);
  else logger.warn(fields, text);
}
