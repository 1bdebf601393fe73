import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { inspect } from 'node:util';
import { Forbidden } from './common.errors.js';
import { toPublicError } from './public-error.js';
import { SecretText } from '../crypto/secret-text.js';

describe('What of an error is seen from outside', () => {
  let logged: unknown[];
  beforeEach(() => {
    logged = [];
    jest.spyOn(Logger.prototype, 'error').mockImplementation((...all: unknown[]) => void logged.push(all));
  });
  afterEach(() => void jest.restoreAllMocks());

  it('is, for a foreseen refusal, its code, its message and what comes with it', () => {
    expect(toPublicError(new Forbidden(), 'r1')).toMatchObject({ code: 'FORBIDDEN', status: 403, extensions: {} });
    expect(logged).toEqual([]);
  });

  it.each([new Error('SELECT password FROM users'), 'text', null, undefined, { statusCode: 500, message: 'inner' }])(
    'is, for anything that was not foreseen, the request id alone, and it is logged once: %p',
    (error) => {
      const shown = toPublicError(error, 'r2');
      expect(shown).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500, extensions: { requestId: 'r2' } });
      expect(JSON.stringify(shown)).not.toMatch(/SELECT|inner/);
      expect(logged).toHaveLength(1);
    },
  );

  it('is, for what the web framework refused, a text of ours', () => {
    expect(toPublicError({ statusCode: 413, message: 'Body of 9 bytes' }, 'r3')).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: 'The request is larger than 256 KiB. Send less.',
    });
  });

  it('is never a secret: printing, logging and serialising one shows a mask', () => {
    const secret = new SecretText('hunter2');
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }),
      `${inspect([secret], { depth: 9 })}`,
    ];
    for (const text of shown) expect(text).not.toContain('hunter2');
    expect(secret.reveal()).toBe('hunter2');
  });
});
