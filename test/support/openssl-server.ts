import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecureVersion } from 'node:tls';
import { Certified } from './certificates.js';
import { freePort } from './free-port.js';

const FLAGS: Partial<Record<SecureVersion, string>> = { TLSv1: '-tls1', 'TLSv1.1': '-tls1_1' };

/** `openssl s_server`, which answers every request with a page about the connection. */
export class OpensslServer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /** Starts one that sends these certificates, its own first; perhaps with one old version of TLS only. */
  static async start(chain: readonly Certified[], version?: SecureVersion): Promise<OpensslServer> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-openssl-'));
    const [own, ...others] = chain;
    const files = { 'own.pem': own!.cert, 'key.pem': own!.key, 'others.pem': others.map(({ cert }) => cert).join('') };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const port = await freePort();
    const served = ['-cert', 'own.pem', '-key', 'key.pem', ...(others.length > 0 ? ['-cert_chain', 'others.pem'] : [])];
    const old = version ? [FLAGS[version]!, '-cipher', 'DEFAULT@SECLEVEL=0'] : [];
    const args = ['s_server', '-accept', `127.0.0.1:${port}`, ...served, ...old, '-www', '-quiet'];
    const process = spawn('openssl', args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    return new OpensslServer(process, folder, `https://localhost:${port}`).listening(port);
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    await rm(this.folder, { recursive: true });
  }

  private async listening(port: number): Promise<this> {
    let output = '';
    this.process.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    this.process.stdout?.resume();
    for (;;) {
      if (this.process.exitCode !== null) throw new Error(`openssl s_server did not start:\n${output}`);
      // A plain request is refused, by a server that listens.
      const failure = await fetch(`http://127.0.0.1:${port}/`).then(
        () => undefined,
        ({ cause }: { cause?: { code?: string } }) => cause?.code,
      );
      if (failure !== 'ECONNREFUSED') return this;
    }
  }
}
