import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { DemoClone, DemoProcess } from './support/demo-process.js';

describe('The end of the demo', () => {
  let clone: DemoClone;
  beforeEach(async () => {
    clone = await DemoClone.create();
    await clone.installRegistry();
  });
  afterEach(() => clone.remove());

  /** Nothing answers any longer. */
  const expectSilence = async (demo: DemoProcess) => {
    const [, registry] = /docker login (\S+) -u/.exec(demo.output) ?? [];
    for (const url of [demo.url, demo.issuer, `http://${registry}`]) await expect(fetch(url)).rejects.toThrow();
  };

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is orderly at %s: nothing is left over', async (signal) => {
    const demo = await clone.startOnFreePorts();
    expect(await demo.end(signal)).toBe(0);
    await expectSilence(demo);
  });

  it('is one at a signal while the demo starts', async () => {
    const demo = clone.start();
    await demo.says('Starting Mooring');
    expect(await demo.end('SIGINT')).toBe(0);
  });

  it('is one of all parts where the demo is killed, and the next start goes on', async () => {
    const demo = await clone.startOnFreePorts();
    demo.process.kill('SIGKILL');
    const next = await clone.start().ready();
    expect([next.url, next.issuer]).toEqual([demo.url, demo.issuer]);
    expect(await demo.end()).toBe('SIGKILL');
  });

  it('is a failure where the attendant of a part was killed, and nothing is left over', async () => {
    const demo = await clone.startOnFreePorts();
    const [, registry] = /docker login (\S+) -u/.exec(demo.output) ?? [];
    process.kill(Number(await (await fetch(`http://${registry}/attendant`)).text()), 'SIGKILL');
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain('The registry has ended by itself');
    await expectSilence(demo);
  });

  it('is a failure where Mooring does not start, with a sentence', async () => {
    await mkdir(clone.data(), { recursive: true });
    await writeFile(clone.data('encryption.key'), 'The key of another installation.');
    const demo = clone.start();
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain('holds no installation, but files of one are there');
    expect(demo.output).toMatch(/Mooring (did not start|has ended by itself); see above/);
    expect(demo.output).not.toMatch(/^ +at /m);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('comes through npm at %s', async (signal) => {
    const demo = await clone.startThroughNpm();
    await demo.end(signal);
    expect(demo.output).toContain('Ending ...');
    expect(demo.output).not.toContain('has ended by itself');
  });

  it('comes with the end of npm, from which nobody could press Ctrl-C any longer', async () => {
    const demo = await clone.startThroughNpm();
    expect(await demo.end('SIGKILL')).toBe('SIGKILL');
  });
});
