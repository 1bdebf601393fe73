import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './env.js';

const SECRET = 'a-secret-of-at-least-32-characters';
const problemsOf = (variables: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    return (error as { problems: readonly string[] }).problems;
  }
};

describe('The variables of the audit log', () => {
  it('name a webhook and its secret', () => {
    const AUDIT_WEBHOOK_URL = 'https://siem.example.com/hook?tenant=a';
    const { auditDelivery } = readEnvironment({ AUDIT_WEBHOOK_URL, AUDIT_WEBHOOK_SECRET: SECRET, AUDIT_BACKLOG: '7' });
    expect(auditDelivery?.webhook?.url.href).toBe(AUDIT_WEBHOOK_URL);
    expect(auditDelivery?.webhook?.secret.reveal()).toBe(SECRET);
    expect(auditDelivery?.mostWaiting).toBe(7);
  });

  it('may be left out', () => {
    expect(readEnvironment({}).auditDelivery).toEqual({ mostWaiting: 1_000_000 });
  });

  it('accept http on a loopback address', () => {
    expect(problemsOf({ AUDIT_WEBHOOK_URL: 'http://127.0.0.1:9000/', AUDIT_WEBHOOK_SECRET: SECRET })).toEqual([]);
  });

  it.each([
    ['http elsewhere', 'http://siem.example.com/'],
    ['credentials', 'https://user:password@siem.example.com/'],
    ['a fragment', 'https://siem.example.com/#part'],
    ['another protocol', 'ftp://siem.example.com/'],
    ['no URL', 'siem.example.com'],
    ['a link-local address', 'https://169.254.169.254/'],
    ['a metadata service', 'https://metadata.google.internal/'],
  ])('refuse %s, and quote nothing', (_what, AUDIT_WEBHOOK_URL) => {
    const problems = problemsOf({ AUDIT_WEBHOOK_URL, AUDIT_WEBHOOK_SECRET: SECRET });
    expect(problems).toEqual([expect.stringMatching(/^AUDIT_WEBHOOK_URL must/)]);
    expect(problems.join()).not.toContain('example.com');
  });

  it.each([
    'syslog+tls://siem.example.com:6514',
    'syslog+tls://siem.example.com',
    'tcp://127.0.0.1:601',
    'tcp://[::1]:601',
  ])('accept the syslog receiver %s', (AUDIT_SYSLOG_URL) => {
    expect(readEnvironment({ AUDIT_SYSLOG_URL }).auditDelivery?.syslog?.href).toBe(AUDIT_SYSLOG_URL);
  });

  it.each([
    'tcp://siem.example.com:601',
    'syslog+tls://a:b@siem.example.com',
    'syslog+tls://h/x',
    'https://h',
    'h:6514',
  ])('refuse the syslog receiver %s', (AUDIT_SYSLOG_URL) => {
    expect(problemsOf({ AUDIT_SYSLOG_URL })).toEqual([expect.stringMatching(/^AUDIT_SYSLOG_URL must/)]);
  });

  it('refuse a syslog receiver at a link-local address', () => {
    expect(problemsOf({ AUDIT_SYSLOG_URL: 'syslog+tls://169.254.169.254' })).toHaveLength(1);
  });

  it('belong together, and are all checked', () => {
    expect(problemsOf({ AUDIT_WEBHOOK_URL: 'https://a.example.com', AUDIT_BACKLOG: '0' })).toEqual([
      'AUDIT_WEBHOOK_SECRET is required with AUDIT_WEBHOOK_URL.',
      'AUDIT_BACKLOG must be a whole number from 1 to 100000000.',
    ]);
    expect(problemsOf({ AUDIT_WEBHOOK_SECRET: 'short' })).toEqual([
      'AUDIT_WEBHOOK_URL is required with AUDIT_WEBHOOK_SECRET.',
      'AUDIT_WEBHOOK_SECRET must be 32 to 255 ASCII characters without spaces.',
    ]);
  });
});
