import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseVariables, dropDatabase } from './fresh-database.js';
import { freePort } from './free-port.js';
import { ServerProcess } from './server-process.js';

/** Server processes on one folder and one database, which are removed with them. */
export class ServerFolder {
  private readonly started: ServerProcess[] = [];

  private constructor(readonly path: string) {}

  /** Creates an empty one. */
  static async create(): Promise<ServerFolder> {
    return new ServerFolder(await mkdtemp(join(tmpdir(), 'mooring-process-')));
  }

  /** Starts a server with these variables in addition to those of the folder and its database. */
  async start(changes: Record<string, string> = {}): Promise<ServerProcess> {
    const database = { DATA_DIR: this.path, ...(await databaseVariables(this.path)) };
    const server = await ServerProcess.start({ ...database, ...changes });
    this.started.push(server);
    return server;
  }

  /** The same by another command line, in this folder or another one, without a public URL. */
  async run(line: readonly string[], changes: Record<string, string> = {}, cwd?: string): Promise<ServerProcess> {
    const variables = { DATA_DIR: this.path, ...(await databaseVariables(this.path)), ...changes };
    const server = ServerProcess.run(line, { url: `http://localhost:${await freePort()}`, variables, cwd });
    this.started.push(server);
    return server;
  }

  /** The password of the administrator that the first start wrote. */
  async adminPassword(): Promise<string> {
    return (await readFile(join(this.path, 'admin-password'), 'utf8')).trim();
  }

  /** Kills the running servers, and removes the folder and its database. */
  async remove(): Promise<void> {
    for (const server of this.started.splice(0)) if (server.process.exitCode === null) server.process.kill('SIGKILL');
    await dropDatabase(this.path);
    await rm(this.path, { recursive: true, force: true });
  }
}
