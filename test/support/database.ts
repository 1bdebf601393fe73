import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Environment, readEnvironment } from '../../src/config/env.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { Installation } from '../../src/settings/installation.js';

/** A database of its own, with every migration run and the installation made. */
export interface TestDatabase {
  readonly dataSource: DataSource;
  readonly environment: Environment;
  readonly installation: Installation;
  close(): Promise<void>;
}

/** An environment whose data folder is new and empty, and which `removeData` takes away. */
export async function temporaryEnvironment(changes: Record<string, string> = {}): Promise<Environment> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
  return readEnvironment({ DATA_DIR: dataDir, DATABASE_URL: `sqlite:${join(dataDir, 'mooring.db')}`, ...changes });
}

/** Removes what {@link temporaryEnvironment} made. */
export async function removeData(environment: Environment): Promise<void> {
  await rm(environment.dataDir, { recursive: true, force: true });
}

/** Connects to the database of an environment and runs the migrations. */
export async function connect(environment: Environment): Promise<DataSource> {
  return openDataSource(environment);
}

/** Opens a new database or, where one is given, the same database again over a connection of its own, as a replica does. */
export async function openDatabase(replicaOf?: TestDatabase): Promise<TestDatabase> {
  const environment = replicaOf?.environment ?? (await temporaryEnvironment());
  const dataSource = await connect(environment);
  const installation = await Installation.open(dataSource, environment);
  const close = async () => {
    await dataSource.destroy();
    if (!replicaOf) await removeData(environment);
  };
  return { dataSource, environment, installation, close };
}
