import type { DoctorContext } from './doctor-context.js';
import type { DeclaredCodes, Finding } from './finding.js';

/** One thing that `mooring doctor` looks at. It changes nothing. */
export interface Examination {
  /** Stable: its findings `ID_OK` and `ID_UNKNOWN` are named by it. */
  readonly id: string;
  /** What is examined, for people. */
  readonly title: string;
  /** The findings that it can make, besides `ID_OK` and `ID_UNKNOWN`. */
  readonly codes: DeclaredCodes;
  /**
   * Examines it. A text of the result says what was found to be well; it counts where nothing worse than a note was found.
   *
   * @param signal aborts when the time of the examination is over
   * @throws {NotExaminable} if there is nothing to say about it
   */
  run(context: DoctorContext, signal: AbortSignal): Promise<Examined>;
}

/** What an examination found. */
export interface Examined {
  readonly findings: readonly Finding[];
  /** What is well, in one sentence; null if the findings say all. */
  readonly well: string | null;
}
