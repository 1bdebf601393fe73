import { describe, expect, it } from '@jest/globals';
import { isStrongEnough, SECRET_RULES, SecretRuleName } from './secret-policy.js';

const brokenBy = (secret: string) =>
  SECRET_RULES.filter(({ pattern }) => !new RegExp(pattern, 'u').test(secret)).map(({ name }) => name);

describe('The rule for secrets', () => {
  it.each([
    ['Abcdef1', [SecretRuleName.LENGTH]],
    [`Aa1${'x'.repeat(126)}`, [SecretRuleName.LENGTH]],
    ['abcdefg1', [SecretRuleName.UPPER_CASE_LETTER]],
    ['ABCDEFG1', [SecretRuleName.LOWER_CASE_LETTER]],
    ['Abcdefgh', [SecretRuleName.DIGIT]],
    ['', [...SECRET_RULES.map(({ name }) => name)]],
  ])('names what %j lacks, part by part', (secret, parts) => {
    expect(brokenBy(secret)).toEqual(parts);
    expect(isStrongEnough(secret)).toBe(false);
  });

  it.each(['Abcdefg1', `Aa1${'x'.repeat(125)}`, 'Größe-7 in Metern', 'Aa1\n\n\n\n\n', `Aa1${'⚓'.repeat(5)}`])(
    'lets %j pass, counting characters and not their halves',
    (secret) => {
      expect(brokenBy(secret)).toEqual([]);
      expect(isStrongEnough(secret)).toBe(true);
    },
  );
});
