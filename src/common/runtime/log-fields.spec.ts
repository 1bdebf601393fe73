import { describe, expect, it } from '@jest/globals';
import { logContentOf } from './log-fields.js';

describe(logContentOf, () => {
  const failure = new TypeError('It broke.');

  it.each<[string, unknown, unknown[], object]>([
    ['a text', 'It began.', ['Start'], { fields: { context: 'Start' }, msg: 'It began.' }],
    ['a text with a stack', 'It broke.', ['at x', 'Start'], { fields: { context: 'Start', stack: 'at x' } }],
    ['fields with a text', { code: 1 }, ['It broke.', 'Start'], { fields: { context: 'Start', code: 1 } }],
    ['fields with their own text', { code: 1, message: 'It broke.' }, ['Start'], { msg: 'It broke.' }],
    ['fields alone', { code: 1 }, ['Start'], { fields: { context: 'Start', code: 1 }, msg: 'No message.' }],
    ['an error', failure, ['Start'], { fields: { context: 'Start', stack: failure.stack }, msg: 'It broke.' }],
    ['an error without words', new RangeError(''), ['Start'], { msg: 'RangeError' }],
    ['nothing', undefined, [], { msg: 'No message.' }],
    ['an empty text', '', ['Start'], { msg: 'No message.' }],
  ])('finds fields and a message in %s', (_name, message, more, content) => {
    expect(logContentOf(message, more)).toMatchObject(content);
  });
});
