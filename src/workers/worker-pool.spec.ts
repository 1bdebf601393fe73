import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Worker } from 'node:cluster';
import { EventEmitter } from 'node:events';
import type { ToWorker } from './messages.js';
import { watchForSilence } from './silence.js';
import { WorkerPool } from './worker-pool.js';
import { WorkerProcess } from './worker-process.js';

const PLACES = 2;
/** As the documentation says. */
const MOST_FAILED_STARTS = 5;
const SLOW_START_MS = 60_000;
const KILLED_AFTER_MS = 9_500;
const SILENT_FOR_MS = 30_000;
const ASKED_EVERY_MS = 5_000;

/** A process that does nothing by itself. */
class Played extends EventEmitter {
  readonly signals: string[] = [];
  readonly told: ToWorker[] = [];
  readonly process = {
    kill: (signal: NodeJS.Signals) => {
      this.signals.push(signal);
      if (signal === 'SIGKILL') this.emit('exit', null, signal);
    },
  };

  isConnected(): boolean {
    return true;
  }

  send(message: ToWorker): void {
    this.told.push(message);
  }

  listens(): void {
    this.emit('message', { kind: 'listens' });
  }

  ends(code: number): void {
    this.emit('exit', code, null);
  }
}

/** Lets everything run that waits for nothing else. */
const settle = () => jest.advanceTimersByTimeAsync(0);

describe(WorkerPool, () => {
  let played: Played[];
  let pauses: number[];
  let pool: WorkerPool;
  let hasFailed: boolean;
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);

  beforeEach(() => {
    jest.useFakeTimers();
    [played, pauses, hasFailed] = [[], [], false];
    for (const told of [warn, error]) told.mockClear();
    const start = (number: number) => {
      const process = new Played();
      played.push(process);
      return new WorkerProcess(number, process as unknown as Worker);
    };
    const pause = (milliseconds: number) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    };
    pool = new WorkerPool(start, PLACES, pause);
    void pool.failed.then(() => (hasFailed = true));
  });
  afterEach(() => void jest.useRealTimers());

  const open = async () => {
    const opened = pool.open();
    for (let index = 0; index < PLACES; index++) {
      played[index]?.listens();
      await settle();
    }
    expect(await opened).toBe(true);
    await jest.advanceTimersByTimeAsync(SLOW_START_MS);
  };
  const lastStarted = () => played.at(-1);
  const lines = (told: typeof warn) => told.mock.calls.map((call: unknown[]) => call[1]);

  it('gives up after five failed starts in a row while none listens, with longer and longer pauses before', async () => {
    await open();
    for (const process of played.slice()) process.ends(1);
    await settle();
    expect([played.length, pauses]).toEqual([2 * PLACES, [0, 0]]);
    for (let failures = 1; failures < MOST_FAILED_STARTS; failures++) {
      expect(hasFailed).toBe(false);
      lastStarted()?.ends(1);
      await settle();
    }
    expect([pauses, hasFailed]).toEqual([[0, 0, 100, 200, 400, 800], false]);
    lastStarted()?.ends(1);
    await settle();
    expect([pauses.length, hasFailed]).toEqual([MOST_FAILED_STARTS + 1, true]);
    expect(lines(warn).at(-1)).toBe('Worker 2 ended (1); another one is started.');
  });

  it('goes on after any number of failed starts while another worker listens', async () => {
    await open();
    played[1]?.ends(1);
    for (let failures = 0; failures < 2 * MOST_FAILED_STARTS; failures++) {
      await settle();
      lastStarted()?.ends(1);
    }
    await settle();
    expect([hasFailed, pauses.length, pauses.at(-1)]).toEqual([false, 2 * MOST_FAILED_STARTS + 1, 30_000]);
  });

  it('counts a start that fails as failed, however long it took', async () => {
    await open();
    for (const process of played.slice()) process.ends(1);
    await settle();
    for (let failures = 0; failures < MOST_FAILED_STARTS; failures++) {
      await jest.advanceTimersByTimeAsync(SLOW_START_MS);
      lastStarted()?.ends(1);
      await settle();
    }
    expect(hasFailed).toBe(true);
  });

  it('begins to count anew with a worker that has listened for a while', async () => {
    await open();
    played[1]?.ends(1);
    await settle();
    lastStarted()?.ends(1);
    await settle();
    lastStarted()?.listens();
    await jest.advanceTimersByTimeAsync(SLOW_START_MS);
    lastStarted()?.ends(1);
    await settle();
    expect(pauses).toEqual([0, 100, 0]);
  });

  it('kills a worker that has not ended 9.5 seconds after SIGTERM, and reports it', async () => {
    await open();
    const stopped = pool.stop();
    played[0]?.ends(0);
    await jest.advanceTimersByTimeAsync(KILLED_AFTER_MS - 1);
    expect(played.map(({ signals }) => signals)).toEqual([['SIGTERM'], ['SIGTERM']]);
    await jest.advanceTimersByTimeAsync(1);
    expect(played.map(({ signals }) => signals)).toEqual([['SIGTERM'], ['SIGTERM', 'SIGKILL']]);
    expect(await stopped).toBe(false);
    expect(played).toHaveLength(PLACES);
  });

  it('replaces a worker that has not answered for half a minute, and says so once; one that answers stays', async () => {
    await open();
    const [answering, silent] = played;
    const watched = [...pool.listening].map(watchForSilence);
    await settle();
    for (let asked = 0; asked < 2 * (SILENT_FOR_MS / ASKED_EVERY_MS); asked++) {
      const before = silent?.signals.length;
      await jest.advanceTimersByTimeAsync(ASKED_EVERY_MS);
      if (answering?.told.length === asked + 1) answering.emit('message', { kind: 'pong' });
      if (asked < SILENT_FOR_MS / ASKED_EVERY_MS) expect(before).toBe(0);
    }
    expect([answering?.signals, silent?.signals]).toEqual([[], ['SIGKILL']]);
    expect(silent?.told).toHaveLength(SILENT_FOR_MS / ASKED_EVERY_MS);
    expect(lines(error)).toEqual(['Worker 2 has not answered for 30 seconds; it is killed.']);
    expect([lines(warn), played.length]).toEqual([['Worker 2 ended (SIGKILL); another one is started.'], PLACES + 1]);
    answering?.ends(0);
    await Promise.all(watched);
  });
});
