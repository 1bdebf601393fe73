import { afterEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { LOGIN } from '../support/documents.js';

const WRONG = 'Wrong-password-1';

describe('An audit event that can not be stored', () => {
  let app: TestApp;
  afterEach(() => app.stop());

  it.each(['error', 'fatal', 'silent'])('is logged where LOG_LEVEL is %s, and nothing else is', async (LOG_LEVEL) => {
    app = await TestApp.start({ LOG_LEVEL });
    await app.nest.get(DataSource).query('PRAGMA query_only = 1');
    const before = app.log.length;
    const input = { username: 'admin', password: app.adminPassword };
    expect((await app.ask(new Browser(), LOGIN, { input })).code).toBe('SERVICE_UNAVAILABLE');
    await app.ask(new Browser(), LOGIN, { input: { ...input, password: WRONG } });
    await app.nest.get(DataSource).query('PRAGMA query_only = 0');
    await app.stop();
    const lines = app.log.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(line).toMatchObject({ context: 'UnstoredAuditEvents', audit: expect.objectContaining({ count: 1 }) });
    expect(app.log.join('')).not.toContain(WRONG);
  });
});
