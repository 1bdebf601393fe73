import { ServiceUnavailable } from '../common/errors/common.errors.js';
import type { DoctorContext } from './doctor-context.js';
import type { Examination, Examined } from './examination.js';
import { NotExaminable } from './not-examinable.js';
import { Finding, worstOf } from './finding.js';

/** An examination that has ended. */
export interface ExaminedPart {
  readonly id: string;
  readonly title: string;
  readonly milliseconds: number;
  readonly findings: readonly Finding[];
}

/** The longest examination asks a provider, which takes up to 15 seconds. */
const LONGEST_MS = 20_000;
const IS_WELL = 'Nothing is wrong here.';
const IS_UNKNOWN = 'Faults of it, if there are any, are not in this report.';

/**
 * Runs examinations side by side. Each ends in time and with findings, whatever it meets.
 *
 * @param onEnd is told of each when it ends
 * @param longestMs the time of each, in milliseconds
 * @returns their results, in their order
 */
export function runExaminations(
  examinations: readonly Examination[],
  context: DoctorContext,
  onEnd: (part: ExaminedPart) => void = () => undefined,
  longestMs = LONGEST_MS,
): Promise<ExaminedPart[]> {
  const run = async (examination: Examination): Promise<ExaminedPart> => {
    const began = performance.now();
    const findings = await findingsOf(examination, context, longestMs);
    const { id, title } = examination;
    const part = { id, title, milliseconds: Math.round(performance.now() - began), findings };
    onEnd(part);
    return part;
  };
  return Promise.all(examinations.map(run));
}

async function findingsOf(examination: Examination, context: DoctorContext, longestMs: number): Promise<Finding[]> {
  try {
    return withWell(examination, await within(longestMs, (signal) => examination.run(context, signal)));
  } catch (error) {
    return [unknownOf(examination, error)];
  }
}

function withWell({ id }: Examination, { findings, well }: Examined): Finding[] {
  const isWell = well !== null && ['ok', 'note'].includes(worstOf(findings));
  return [
    ...(isWell ? [{ code: `${id}_OK`, severity: 'ok' as const, found: well, why: IS_WELL, fix: null }] : []),
    ...findings,
  ];
}

function unknownOf({ id }: Examination, error: unknown): Finding {
  const fix = error instanceof NotExaminable ? error.fix : null;
  return { code: `${id}_UNKNOWN`, severity: 'unknown', found: reasonOf(error), why: IS_UNKNOWN, fix };
}

/** Messages of drivers may quote addresses with passwords. */
function reasonOf(error: unknown): string {
  if (error instanceof NotExaminable) return error.message;
  const { name = 'Error', code } = (error ?? {}) as { name?: string; code?: unknown };
  // Of a database that does not answer, the code of its driver.
  if (error instanceof ServiceUnavailable) return `This could not be examined (${error.detail}).`;
  return `This could not be examined (${typeof code === 'string' ? code : name}).`;
}

async function within<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new NotExaminable(`There was no result within ${milliseconds / 1000} seconds.`));
      stop.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
