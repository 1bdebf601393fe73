import { describe, expect, it } from '@jest/globals';
import type { ExaminedPart, Severity } from '../doctor/index.js';
import { isBad, reportJson, reportText } from './doctor-report.js';

const part = (severity: Severity, found = 'Something was found.'): ExaminedPart => ({
  ...{ id: 'PART', title: 'Part', milliseconds: 5 },
  findings: [{ code: 'PART_FOUND', severity, found, why: 'It matters.', fix: severity === 'ok' ? null : 'Mend it.' }],
});

describe('The report of mooring doctor', () => {
  it.each<[Severity, boolean, boolean]>([
    ['ok', false, false],
    ['note', false, false],
    ['unknown', false, true],
    ['warning', false, true],
    ['error', true, true],
  ])('with the worst finding %s asks for exit code 1: %s; strictly: %s', (severity, usually, strictly) => {
    expect([isBad([part(severity)], false), isBad([part(severity)], true)]).toEqual([usually, strictly]);
  });

  it('has what was found, why it matters, and how to fix it; in colours only where asked', () => {
    const text = reportText([part('warning'), part('ok')], false);
    expect(text).toBe(
      [
        ...[
          'Part',
          '  warning Something was found. [PART_FOUND]',
          '          It matters.',
          '          Fix: Mend it.',
          '',
        ],
        ...['Part', '  ok      Something was found.', '', '0 errors, 1 warning, 0 notes. Nothing was changed.', ''],
      ].join('\n'),
    );
    expect(reportText([part('error')], true)).toContain('\u001b[');
  });

  it('bounds words from outside, which cannot move the cursor either', () => {
    const hostile = part('error', `\u001b[2J\u202e${'x'.repeat(10_000)}`);
    const about = { release: '1.0.0', at: new Date(0) };
    for (const text of [reportText([hostile], false), reportJson([hostile], about)]) {
      expect(text).not.toContain('\u001b');
      expect(text).not.toContain('\u202e');
      expect(text.length).toBeLessThan(1500);
    }
  });

  it('has a stable form for programs', () => {
    const text = reportJson([part('note'), part('ok')], { release: '1.0.0', at: new Date(0) });
    expect(JSON.parse(text)).toMatchObject({
      ...{ version: 1, release: '1.0.0', at: '1970-01-01T00:00:00.000Z', worst: 'note' },
      counts: { ok: 1, note: 1, unknown: 0, warning: 0, error: 0 },
      examinations: [
        { id: 'PART', title: 'Part', milliseconds: 5, findings: [{ code: 'PART_FOUND', fix: 'Mend it.' }] },
        {},
      ],
    });
  });
});
