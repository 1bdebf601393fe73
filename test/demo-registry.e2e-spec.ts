import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { failureOf } from '../demo/registry.js';
import { DemoClone, STAND_IN } from './support/demo-process.js';

const FAILS = `if (process.argv[2] === '--version') process.exit(0); console.error('no store'); process.exit(3);`;
const NO_REGISTRY = `process.exit(process.argv[2] === '--version' ? 1 : 0);`;
const DEAF = `process.on('SIGTERM', () => undefined);${STAND_IN}`;

describe('The registry of the demo', () => {
  let clone: DemoClone;
  beforeEach(async () => (clone = await DemoClone.create()));
  afterEach(() => clone.remove());

  it('is named, with its port, where it runs', async () => {
    await clone.installRegistry();
    const demo = await clone.startOnFreePorts();
    const [, address] = /docker login (\S+) -u lin/.exec(demo.output) ?? [];
    const { headers } = await fetch(`http://${address}/v2/`);
    expect(headers.get('www-authenticate')).toContain(`${demo.url}/service/token`);
  });

  it('has its address in the commands of the profile', async () => {
    await clone.installRegistry();
    const demo = await clone.startOnFreePorts();
    const [, address] = /docker login (\S+) -u lin/.exec(demo.output) ?? [];
    const admin = { basic: Buffer.from(`admin:${demo.adminPassword}`).toString('base64') };
    expect((await demo.ask(admin, '{ registryAddresses }')).data.registryAddresses).toEqual([address]);
  });

  it.each([
    ['is not there', undefined],
    ['is a program that only has the name', NO_REGISTRY],
  ])('is not named where it %s: the demo tells what to install', async (_what, program) => {
    if (program) await clone.installRegistry(program);
    const demo = await clone.startOnFreePorts();
    expect(demo.output).toContain('No registry runs: neither docker-registry nor registry is on the PATH. Install it');
    expect(demo.output).not.toMatch(/docker login \S+ -u|skopeo/);
  });

  it('is not named where it did not start: the demo tells how it ended, and goes on', async () => {
    await clone.installRegistry(FAILS);
    const demo = await clone.startOnFreePorts();
    expect(demo.output).toContain('No registry runs: docker-registry was started, but it ended with code 3');
    expect(demo.output).toContain('no store');
    expect(demo.output).not.toMatch(/docker login \S+ -u|skopeo/);
    expect((await fetch(`${demo.url}/health/ready`)).status).toBe(200);
    expect(await demo.end('SIGINT')).toBe(0);
  });

  it('gets another port where another program has its own, and that program is not named', async () => {
    await clone.installRegistry();
    const first = await clone.startOnFreePorts();
    const [, port = ''] = /docker login localhost:(\d+)/.exec(first.output) ?? [];
    await first.end('SIGTERM');
    const other = createServer().listen(Number(port), '127.0.0.1');
    await once(other, 'listening');
    const second = await clone.start().ready();
    expect(second.output).toContain(`Port ${port} is taken: The registry uses`);
    expect(second.output).toMatch(/docker login localhost:\d+ /);
    expect(second.output).not.toContain(`localhost:${port} `);
    other.close();
  });

  it('is not believed to run because another program answers on its port', async () => {
    const [part, mooring] = [{ isRunning: true, ended: Promise.resolve(1) }, 'http://localhost:1'];
    const other = createServer((_request, response) => {
      part.isRunning = false;
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://localhost:2/service/token"' }).end();
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await failureOf(part, { folder: '', port, mooring })).toBe('it ended with code 1 before it answered');
    other.close();
  });

  it('takes the whole demo with it when it crashes', async () => {
    await clone.installRegistry();
    const demo = await clone.startOnFreePorts();
    const [, address] = /docker login (\S+) -u lin/.exec(demo.output) ?? [];
    await fetch(`http://${address}/crash`).catch(() => undefined);
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain('The registry has ended by itself');
    await expect(fetch(`${demo.url}/health/ready`)).rejects.toThrow();
  });

  it('ends at the second Ctrl-C where it does not listen to the first', async () => {
    await clone.installRegistry(DEAF);
    const demo = await clone.startOnFreePorts();
    demo.process.kill('SIGINT');
    await demo.says('Ctrl-C again ends everything at once');
    expect(await demo.end('SIGINT')).toBe(130);
  });
});
