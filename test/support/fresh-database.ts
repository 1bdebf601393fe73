import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** The environment variables of a database and its engine. */
export interface DatabaseVariables {
  readonly [name: string]: string;
  readonly DATABASE_URL: string;
}

/** Promises, so that servers that start at the same moment get one database. */
const made = new Map<string, Promise<DatabaseVariables>>();

/** The server that the suite runs on; without one, each database is a SQLite file. */
export const TEST_SERVER = process.env.TEST_DATABASE_URL;

async function onServer(server: string, statement: string): Promise<void> {
  const connection = await createConnection(server);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** A new, empty database of the suite's engine; the same folder always has the same database. */
export function databaseVariables(folder: string): Promise<DatabaseVariables> {
  const variables = made.get(folder) ?? newDatabase(folder);
  made.set(folder, variables);
  return variables;
}

async function newDatabase(folder: string): Promise<DatabaseVariables> {
  return TEST_SERVER ? newOnServer(TEST_SERVER) : { DATABASE_URL: `sqlite:${join(folder, 'mooring.db')}` };
}

async function newOnServer(server: string): Promise<DatabaseVariables> {
  const name = `mooring_${randomBytes(8).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  return { DATABASE_URL: new URL(name, server).href, ENCRYPTION_KEY: randomBytes(32).toString('base64') };
}

/** Drops the database of a folder, unless it is a file in it. */
export async function dropDatabase(folder: string): Promise<void> {
  const url = (await made.get(folder))?.DATABASE_URL;
  made.delete(folder);
  if (!url || !TEST_SERVER) return;
  await onServer(TEST_SERVER, `DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)}`);
}
