import { describe, expect, it } from '@jest/globals';
import { CliSecretStatus, VerificationStatus } from './cli-secret-status.js';
import { providerFaultOf, STATUS_MESSAGES, StatusMessages } from './status-messages.js';

const details = { publicUrl: new URL('https://mooring.example.com'), retryAfterSeconds: 7 };
const rows = Object.entries(STATUS_MESSAGES) as [VerificationStatus, StatusMessages][];
const statusesWhere = (matches: (row: StatusMessages) => boolean) =>
  rows.flatMap(([status, row]) => (matches(row) ? [status] : [])).sort();

describe('The messages of a status', () => {
  it('are one row for each status but VALID, and no other row', () => {
    const refusals = Object.values(VerificationStatus).filter((status) => status !== CliSecretStatus.VALID);
    expect(Object.keys(STATUS_MESSAGES).sort()).toEqual([...refusals].sort());
  });

  it('are whole sentences, and of each reader no two alike', () => {
    const owners = rows.map(([, { forOwner }]) => forOwner(details));
    const administrators = rows.map(([, { forAdministrator }]) => forAdministrator);
    for (const sentence of [...owners, ...administrators]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    for (const sentences of [owners, administrators]) expect(new Set(sentences).size).toBe(rows.length);
  });

  it('send the owner to the login exactly where only a login helps', () => {
    const isLogin = ({ forOwner }: StatusMessages) =>
      forOwner(details).includes('log in at https://mooring.example.com/');
    expect(statusesWhere(isLogin)).toEqual([
      ...['LOGIN_TOO_OLD', 'NO_REFRESH_TOKEN', 'PROVIDER_CHANGED', 'PROVIDER_LOGOUT', 'REFRESH_REJECTED'],
      'REFRESH_UNCLEAR',
    ]);
  });

  it('let the caller try again where the provider has not decided, and after a pause where too many were wrong', () => {
    expect(statusesWhere(({ tryAgain }) => tryAgain === 'LATER')).toEqual([
      ...['PROVIDER_REJECTED_CLIENT', 'PROVIDER_UNAVAILABLE'],
    ]);
    expect(statusesWhere(({ tryAgain }) => tryAgain === 'AFTER_SECONDS')).toEqual(['RATE_LIMITED']);
  });

  it('count the seconds of a pause', () => {
    const { forOwner } = STATUS_MESSAGES.RATE_LIMITED;
    expect(forOwner(details)).toMatch(/ in 7 seconds\.$/);
    expect(forOwner({ ...details, retryAfterSeconds: 1 })).toMatch(/ in 1 second\.$/);
  });

  it('are true of a provider that did answer, and send to the login whoever alone meets errors', () => {
    const { forOwner } = STATUS_MESSAGES.PROVIDER_UNAVAILABLE;
    const textAfter = (errors: number) => forOwner({ ...details, provider: providerFaultOf(errors) });
    expect(textAfter(0)).toContain('does not answer');
    expect([textAfter(1), textAfter(2)]).toEqual(Array(2).fill(expect.stringContaining('answered with an error')));
    expect(textAfter(3)).toContain('log in at https://mooring.example.com/');
  });
});
