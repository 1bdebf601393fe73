import { describe, expect, it } from '@jest/globals';
import { DoctorContext } from './doctor-context.js';
import type { Examination } from './examination.js';
import { declareCodes } from './finding.js';
import { NotExaminable } from './not-examinable.js';
import { runExaminations } from './run-examinations.js';

const codes = declareCodes({
  BAD: { severity: 'error', why: 'It is bad.' },
  ODD: { severity: 'note', why: 'It is odd.' },
});
const examination = (id: string, run: Examination['run']): Examination => ({ id, title: id, codes, run });

describe(runExaminations, () => {
  const run = async (...all: Examination[]) => {
    const parts = await runExaminations(all, new DoctorContext({}), undefined, 20);
    return parts.map(({ findings }) => findings.map(({ code, severity, found }) => ({ code, severity, found })));
  };

  it('reports what was found, what is well, and both where nothing is worse than a note', async () => {
    const found = await run(
      examination('FIRST', () => Promise.resolve({ findings: [], well: 'All is well.' })),
      examination('SECOND', () => Promise.resolve({ findings: [codes.ODD('Odd.')], well: 'All is well.' })),
      examination('THIRD', () => Promise.resolve({ findings: [codes.BAD('Bad.')], well: 'All is well.' })),
    );
    expect(found.map((part) => part.map(({ code }) => code))).toEqual([['FIRST_OK'], ['SECOND_OK', 'ODD'], ['BAD']]);
  });

  it('goes on after one that fails, hangs, or has nothing to examine, and quotes no message of a driver', async () => {
    const found = await run(
      examination('THROWS', () => Promise.reject(Object.assign(new Error('mysql://root:hush@db'), { code: 'EPIPE' }))),
      examination('HANGS', () => new Promise(() => undefined)),
      examination('CANNOT', () => Promise.reject(new NotExaminable('There is nothing.'))),
      examination('WORKS', () => Promise.resolve({ findings: [], well: 'Well.' })),
    );
    expect(found.flat()).toEqual([
      { code: 'THROWS_UNKNOWN', severity: 'unknown', found: 'This could not be examined (EPIPE).' },
      { code: 'HANGS_UNKNOWN', severity: 'unknown', found: 'There was no result within 0.02 seconds.' },
      { code: 'CANNOT_UNKNOWN', severity: 'unknown', found: 'There is nothing.' },
      { code: 'WORKS_OK', severity: 'ok', found: 'Well.' },
    ]);
  });

  it('tells an examination that its time is over', async () => {
    let isOver = false;
    await run(
      examination('HANGS', (_context, signal) => {
        signal.addEventListener('abort', () => (isOver = true));
        return new Promise(() => undefined);
      }),
    );
    expect(isOver).toBe(true);
  });
});
