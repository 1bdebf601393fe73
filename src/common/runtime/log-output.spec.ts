import { beforeEach, describe, expect, it } from '@jest/globals';
import { LogOutput } from './log-output.js';

const failing = (code: string) => Object.assign(new Error(code), { code });

describe(LogOutput.name, () => {
  let text: string;
  let tries: number;
  let room: number;
  let code: string;
  beforeEach(() => {
    [text, tries, room, code] = ['', 0, Infinity, 'EAGAIN'];
  });
  const output = () =>
    new LogOutput((bytes) => {
      tries++;
      const part = bytes.subarray(0, Math.min(room, 4));
      if (part.length === 0) throw failing(code);
      room -= part.length;
      text += part.toString();
      return part.length;
    }, 30);

  it('writes lines that the reader takes in parts', () => {
    const log = output();
    for (const line of ['one line\n', 'another line\n']) log.write(line);
    expect(text).toBe('one line\nanother line\n');
  });

  it('waits once for a reader that takes nothing, and then loses lines without a wait', () => {
    const log = output();
    room = 0;
    log.write('lost\n');
    expect(tries).toBe(4);
    log.write('lost too\n');
    expect(tries).toBe(5);
    room = Infinity;
    log.write('read\n');
    expect(text).toBe('read\n');
  });

  it.each(['EAGAIN', 'ENOSPC', 'EPIPE'])('begins a new line after one that %s cut', (reason) => {
    const log = output();
    [room, code] = [6, reason];
    log.write('cut in two\n');
    log.write('lost\n');
    room = Infinity;
    log.write('whole\n');
    log.write('next\n');
    expect(text).toBe('cut in\nwhole\nnext\n');
  });
});
