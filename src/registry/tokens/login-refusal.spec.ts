import { describe, expect, it } from '@jest/globals';
import { RefusedStatus } from '../../cli-secrets/cli-secret-status.js';
import { STATUS_MESSAGES } from '../../cli-secrets/status-messages.js';
import { loginRefusalOf } from './login-refusal.js';

const publicUrl = new URL('https://mooring.example.com');
const statuses = Object.keys(STATUS_MESSAGES) as RefusedStatus[];
const HTTP_STATUS = { NO: 401, LATER: 503, AFTER_SECONDS: 429 };

describe(loginRefusalOf.name, () => {
  it.each(statuses.filter((status) => status !== 'RATE_LIMITED'))('says of %s what its row says', (status) => {
    const { forOwner, tryAgain } = STATUS_MESSAGES[status];
    expect(loginRefusalOf({ status, waited: false }, publicUrl)).toMatchObject({
      ...{ status: HTTP_STATUS[tryAgain], reason: status, message: forOwner({ publicUrl }) },
    });
  });

  it('says of RATE_LIMITED when to try again', () => {
    const refusal = loginRefusalOf({ status: 'RATE_LIMITED', retryAfterSeconds: 7, waited: false }, publicUrl);
    expect(refusal).toMatchObject({ status: 429, code: 'RATE_LIMITED', extensions: { retryAfterSeconds: 7 } });
  });
});
