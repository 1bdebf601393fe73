import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseVariables, dropDatabase } from './fresh-database.js';
import { ServerProcess } from './server-process.js';

/** Servers that run as processes over one folder and one database, which are removed with them. */
export class ServerFolder {
  private readonly started: ServerProcess[] = [];

  private constructor(readonly path: string) {}

  /** Makes an empty one. */
  static async create(): Promise<ServerFolder> {
    return new ServerFolder(await mkdtemp(join(tmpdir(), 'mooring-process-')));
  }

  /** Starts a server with these variables beside those that name the folder and its database. */
  async start(changes: Record<string, string> = {}): Promise<ServerProcess> {
    const database = { DATA_DIR: this.path, ...(await databaseVariables(this.path)) };
    const server = await ServerProcess.start({ ...database, ...changes });
    this.started.push(server);
    return server;
  }

  /** The password of the administrator, as the first start has left it. */
  async adminPassword(): Promise<string> {
    return (await readFile(join(this.path, 'admin-password'), 'utf8')).trim();
  }

  /** Kills what still runs, and removes folder and database. */
  async remove(): Promise<void> {
    for (const server of this.started.splice(0)) if (server.process.exitCode === null) server.process.kill('SIGKILL');
    await dropDatabase(this.path);
    await rm(this.path, { recursive: true, force: true });
  }
}
