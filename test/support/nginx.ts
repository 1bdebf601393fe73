import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Front } from './site-below-path.js';

/** Debian's nginx with a configuration of its own. */
export class Nginx implements Front {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /**
   * Starts one.
   *
   * @param port where it listens
   * @param locations the lines of its only server
   */
  static start(port: number, locations: string): Promise<Nginx> {
    return Nginx.serve(port, `server {\n    listen 127.0.0.1:${port};\n    ${locations}\n  }`);
  }

  /**
   * Starts one with a server block of its own.
   *
   * @param port where that listens
   */
  static async serve(port: number, server: string): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-nginx-'));
    await writeFile(join(folder, 'nginx.conf'), configurationOf(server));
    const options = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'];
    const process = spawn('nginx', options, {
      env: { PATH: `${PATHS}:${globalThis.process.env.PATH}` },
      stdio: 'pipe',
    });
    let output = '';
    process.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const nginx = new Nginx(process, folder);
    for (;;) {
      if (process.exitCode !== null) throw new Error(`nginx did not start:\n${output}`);
      if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) return nginx;
    }
  }

  async close(): Promise<void> {
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
    await rm(this.folder, { recursive: true });
  }
}

/** Where Debian has it; the PATH of an ordinary user lacks it. */
const PATHS = '/usr/sbin';

function configurationOf(server: string): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`);
  return `
daemon off;
master_process off;
pid nginx.pid;
events {}
http {
  access_log off;
  ${folders.join('\n  ')}
  ${server}
}
`;
}
