import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { confirm, demandTerminal, NotConfirmed } from './confirm.js';
import { UsageError } from './usage-error.js';

const terminal = (isTTY: boolean) => ({
  input: Object.assign(new PassThrough(), { isTTY }),
  output: new PassThrough(),
});

describe(confirm, () => {
  it('asks, and goes on when the wanted text is typed', async () => {
    const { input, output } = terminal(true);
    input.write(' lin \n');
    await confirm('Type "lin": ', 'lin', { input, output });
    expect(String(output.read())).toContain('Type "lin": ');
  });

  it.each([
    ['another text', (input: PassThrough) => void input.write('LIN\n')],
    ['an empty line', (input: PassThrough) => void input.write('\n')],
    ['the end of the input', (input: PassThrough) => void input.end()],
  ])('stops at %s', async (_what, type) => {
    const { input, output } = terminal(true);
    type(input);
    await expect(confirm('Type "lin": ', 'lin', { input, output })).rejects.toThrow(NotConfirmed);
  });
});

describe(demandTerminal, () => {
  it('refuses where nobody can be asked and nothing was confirmed', () => {
    expect(() => demandTerminal(false, terminal(false))).toThrow(UsageError);
    demandTerminal(true, terminal(false));
    demandTerminal(false, terminal(true));
  });
});
