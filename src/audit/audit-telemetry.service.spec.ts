import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeClock } from '../../test/support/fake-clock.js';
import { Environment } from '../config/env.js';
import { Metrics } from '../health/index.js';
import { AuditTelemetry } from './audit-telemetry.service.js';

describe(AuditTelemetry, () => {
  let clock: FakeClock;
  let lines: { audit: object }[];
  beforeEach(() => {
    [clock, lines] = [new FakeClock(), []];
    clock.toNextMinute();
    jest.spyOn(Logger.prototype, 'log').mockImplementation((line: { audit: object }) => void lines.push(line));
  });
  afterEach(() => void jest.restoreAllMocks());

  const telemetryOf = (auditLog: boolean) => new AuditTelemetry({ auditLog } as Environment, clock, new Metrics());
  const told = () => lines.map(({ audit }) => audit);

  it('makes no line, and no row for it, where none is wanted', () => {
    const rowOf = jest.fn(() => ({ action: 'login' }));
    telemetryOf(false).note(rowOf);
    expect([rowOf.mock.calls, lines]).toEqual([[], []]);
  });

  it('writes an event with a row of its own at once', () => {
    telemetryOf(true).note(() => ({ action: 'login', sumKey: null }));
    expect(told()).toEqual([{ action: 'login', count: 1 }]);
  });

  it('writes events of one row when their minute is over, or the process ends: as the first, with the last detail', () => {
    const telemetry = telemetryOf(true);
    const note = (id: string | undefined, detail: string | null, sumKey = 'a') =>
      telemetry.note(() => ({ id, action: 'login', detail, sumKey }));
    note('first', 'one');
    note(undefined, 'two');
    note(undefined, null);
    note('other', null, 'b');
    expect(lines).toEqual([]);
    clock.advance(60);
    note('next', null);
    const [first, other] = [
      { id: 'first', action: 'login', detail: 'two', count: 3 },
      { id: 'other', action: 'login', detail: null, count: 1 },
    ];
    expect(told()).toEqual([first, other]);
    telemetry.onApplicationShutdown();
    expect(told()).toEqual([first, other, { id: 'next', action: 'login', detail: null, count: 1 }]);
  });
});
