import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { SecretText } from '../src/common/crypto/secret-text.js';
import { signatureOf } from '../src/audit/delivery/webhook-receiver.js';
import { pageBlocks } from './support/documented-blocks.js';

const SECRET = 'a secret of thirty-two characters';
const BODY = '{"events":[{"label":"林"}]}';

const code = (language: string) =>
  pageBlocks('docs/audit-delivery.md').find((block) => block.language === language)?.text ?? '';

/** What runs the code of the page, which reads header, body and secret from the arguments and says whether it accepts them. */
const PROGRAMS = {
  js: [
    process.execPath,
    ['--input-type=module', '-e'],
    'const [, h, b, s] = process.argv; console.log(isFromMooring(h, Buffer.from(b), s));',
  ],
  python: [
    'python3',
    ['-c'],
    'import sys; print(is_from_mooring(sys.argv[1], sys.argv[2].encode(), sys.argv[3].encode()))',
  ],
} as const;

describe.each(['js', 'python'] as const)('The code of docs/audit-delivery.md in %s', (language) => {
  const accepts = (header: string, body = BODY, secret = SECRET) => {
    const [program, options, caller] = PROGRAMS[language];
    const text = `${code(language)}\n${caller}`;
    const { stdout, stderr } = spawnSync(program, [...options, text, header, body, secret], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.trim().toLowerCase();
  };
  const now = () => Math.floor(Date.now() / 1000);
  const signature = (seconds: number) => signatureOf(new SecretText(SECRET), seconds, BODY);

  it('accepts what Mooring has signed', () => expect(accepts(signature(now()))).toBe('true'));

  it.each<[string, () => string]>([
    ['another body', () => accepts(signature(now()), `${BODY} `)],
    ['another secret', () => accepts(signature(now()), BODY, `${SECRET}!`)],
    ['a time that is long ago', () => accepts(signature(now() - 400))],
    ['no signature', () => accepts('')],
  ])('refuses %s', (_what, answer) => expect(answer()).toBe('false'));
});
