import type { DatabaseAddress } from '../../config/database-address.js';
import type { Cluster } from '../mysql-cluster.js';
import type { LackedRights } from '../mysql-rights.js';

/** A row by the names of its columns. */
export type InspectedRow = Readonly<Record<string, unknown>>;

/** A database that can only be read: nothing is created, migrated, locked or written. */
export interface ReadOnlyDatabase {
  readonly engine: DatabaseAddress['engine'];
  /**
   * The rows of a statement, within some seconds.
   *
   * @throws the driver's error, or {@link ServiceUnavailable} if it takes too long
   */
  rows<Row extends object = InspectedRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The rights that the user lacks; null where that can't be told, as for a file. */
  lackedRights(): Promise<LackedRights | null>;
  /**
   * What the server is part of, and whether it makes a connection of a server of Mooring causal; null for a file. Other
   * statements of this connection are not causal: they are answered also where the cluster does not.
   */
  cluster(): Promise<Cluster | null>;
  close(): Promise<void>;
}
