import { describe, expect, it } from '@jest/globals';
import { Kind } from 'graphql';
import { DateTime } from './date-time.scalar.js';

const parsed = (value: string) => [DateTime.parseValue(value), DateTime.parseLiteral({ kind: Kind.STRING, value })];

describe('A time in an input', () => {
  it.each([
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59+01:00',
    '0000-12-31T23:30:00-01:00',
  ])('may be %s', (text) => {
    expect(parsed(text)).toEqual([new Date(text), new Date(text)]);
  });

  it.each(['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00', '0000-12-31T23:59:59Z'])(
    'is not %s, which no database keeps',
    (value) => {
      expect(() => DateTime.parseValue(value)).toThrow('years');
      expect(() => DateTime.parseLiteral({ kind: Kind.STRING, value })).toThrow('years');
    },
  );
});
