/** What a question is about: its kind, and of whom it is asked. May hold a secret: it is stored only as a keyed digest. */
export type QuestionSubject = readonly string[];

/** Counts the questions of the test over all replicas, and keeps what was learned from them. Never throws. */
export interface QuestionMemory {
  /** Whether a question may be asked now: so many times in so many milliseconds, over all replicas. */
  take(subject: QuestionSubject, allowance: { readonly times: number; readonly inMs: number }): Promise<boolean>;
  /** Whether a question may be asked now: once in each revision of the settings, and once in so many milliseconds. */
  takeOnce(subject: QuestionSubject, pauseMs: number): Promise<boolean>;
  /** Keeps what was learned from an answer, as JSON without any secret, code or token. */
  learn(subject: QuestionSubject, answer: string): Promise<void>;
  /** What was learned last; null: nothing. */
  learned(subject: QuestionSubject): Promise<{ readonly answer: string; readonly at: Date } | null>;
}

/** A memory that allows every question and keeps nothing. */
export function noMemory(): QuestionMemory {
  return {
    take: () => Promise.resolve(true),
    takeOnce: () => Promise.resolve(true),
    learn: () => Promise.resolve(),
    learned: () => Promise.resolve(null),
  };
}
