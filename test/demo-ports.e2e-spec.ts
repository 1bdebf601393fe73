import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { DEFAULT_PORTS } from '../demo/ports.js';
import { DemoClone, DemoProcess } from './support/demo-process.js';
import { freePort } from './support/free-port.js';

/** Where another program may listen: on the addresses that localhost can mean, and on all. */
const HAS_IPV6 = Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === '::1'));
const HOSTS = ['127.0.0.1', '0.0.0.0', ...(HAS_IPV6 ? ['::1', '::'] : [])];

const portOf = (url: string) => Number(new URL(url).port);

describe('The ports of the demo', () => {
  let clone: DemoClone;
  const others: Server[] = [];
  beforeEach(async () => (clone = await DemoClone.create()));
  afterEach(async () => {
    for (const other of others.splice(0)) other.close();
    await clone.remove();
  });

  /** Another program on a port; if there is one already, that does it. */
  const occupy = async (port: number, host = '127.0.0.1') => {
    const other = createServer();
    other.on('error', () => undefined);
    other.listen(port, host);
    // An error ends this wait, too.
    await once(other, 'listening').catch(() => undefined);
    if (other.listening) others.push(other);
  };

  it('are those that were given, and the next start has them without flags', async () => {
    const [port, provider] = [await freePort(), await freePort()];
    const first = await clone.start('--port', `${port}`, '--provider-port', `${provider}`).ready();
    expect(first.url).toBe(`http://localhost:${port}`);
    expect(first.issuer).toBe(`http://127.0.0.1:${provider}`);
    await first.end('SIGINT');
    const second = await clone.start().ready();
    expect([second.url, second.issuer]).toEqual([first.url, first.issuer]);
    expect(second.output).not.toContain('is taken');
  });

  it('are free ones where the usual ones are taken, and the demo says so', async () => {
    for (const port of [DEFAULT_PORTS.mooring, DEFAULT_PORTS.provider]) await occupy(port);
    const demo = await clone.start().ready();
    expect(demo.output).toContain('Port 8080 is taken: Mooring uses');
    expect(demo.output).toContain('Port 8090 is taken: The provider uses');
    expect(portOf(demo.url)).toBeGreaterThan(DEFAULT_PORTS.mooring);
    expect(portOf(demo.issuer)).toBeGreaterThan(DEFAULT_PORTS.provider);
    expect(demo.output).not.toContain('localhost:8080 ');
    expect((await fetch(`${demo.url}/health/ready`)).status).toBe(200);
  });

  it.each(HOSTS)('are refused if they were given and another program has them at %s', async (host) => {
    const port = await freePort();
    await occupy(port, host);
    const demo = clone.start('--port', `${port}`, '--fresh');
    expect(await demo.end()).toBe(1);
    expect(demo.output).not.toContain('Deleted');
    expect(demo.output).toContain(
      `Port ${port}, given for Mooring, is taken by another program. End that program, or choose another port by --port.`,
    );
  });

  it.each([
    [['--prot', '9000'], "Unknown option '--prot'"],
    [['--port', 'x'], '--port must be a number from 1 to 65535'],
    [['--port', '0'], '--port must be a number from 1 to 65535'],
    [['--registry-port', '70000'], '--registry-port must be a number from 1 to 65535'],
    [['--port', '9000', '--provider-port', '9000'], 'Each part needs a port of its own'],
    [['9000'], 'Flags stand after "--": npm run demo -- --port 9000'],
    [['--port'], '--port'],
  ])('refuses the flags %j with 64 and a sentence, and starts nothing', async (flags, sentence) => {
    const demo = clone.start(...flags);
    expect(await demo.end()).toBe(64);
    expect(demo.output).toContain(sentence);
    expect(demo.output.trim().split('\n')).toHaveLength(1);
    expect(await readdir(clone.path)).toEqual(['bin']);
  });

  it('are told by --help, which starts nothing', async () => {
    const demo = clone.start('--help');
    expect(await demo.end()).toBe(0);
    for (const flag of ['--port', '--provider-port', '--registry-port', '--fresh']) expect(demo.output).toContain(flag);
    expect(await readdir(clone.path)).toEqual(['bin']);
  });

  it('are different in two clones at once', async () => {
    const neighbour = await DemoClone.create();
    try {
      const demos = [clone.start(), neighbour.start()];
      await Promise.all(demos.map((demo) => demo.ready()));
      expect(new Set(demos.flatMap(({ url, issuer }) => [url, issuer].map(portOf))).size).toBe(4);
      const passwordFits = async (demo: DemoProcess, { adminPassword }: DemoProcess) => {
        const basic = Buffer.from(`admin:${adminPassword}`).toString('base64');
        return (await demo.ask({ basic }, '{ me { username } }')).data.me !== null;
      };
      const [one, two] = demos as [DemoProcess, DemoProcess];
      expect(await passwordFits(one, one)).toBe(true);
      expect(await passwordFits(two, one)).toBe(false);
    } finally {
      await neighbour.remove();
    }
  });

  it('are not needed twice in one folder: the second demo is refused, and the first goes on', async () => {
    const first = await clone.startOnFreePorts();
    const second = clone.start('--fresh');
    expect(await second.end()).toBe(1);
    expect(second.output).toBe(
      `A demo runs already on data/demo, at ${first.url}. End it with Ctrl-C in its terminal; for a second one, use a second clone.\n`,
    );
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
    expect(await first.end('SIGINT')).toBe(0);
  });
});
