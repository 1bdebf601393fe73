/**
 * How bad a finding is. `note`: worth knowing. `warning`: works, but not well or not for everybody. `error`: does not work, or
 * may lose what was acknowledged. `unknown`: could not be examined.
 */
export type Severity = 'ok' | 'note' | 'warning' | 'error' | 'unknown';

/** From the best to the worst. */
export const SEVERITIES: readonly Severity[] = ['ok', 'note', 'unknown', 'warning', 'error'];

/** What an examination found. */
export interface Finding {
  /** Stable: scripts compare it. */
  readonly code: string;
  readonly severity: Severity;
  /** What was found; never holds a secret. May hold words from outside. */
  readonly found: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** How to fix it; null if there is nothing to fix. */
  readonly fix: string | null;
}

/** What is the same whenever a code is found. */
export interface DeclaredCode {
  readonly severity: Severity;
  readonly why: string;
}

/** Makes a finding of one code. */
export type MakeFinding = (found: string, fix?: string | null) => Finding;

/** The codes of an examination, each with what makes a finding of it. */
export type DeclaredCodes<Code extends string = string> = Readonly<Record<Code, MakeFinding & DeclaredCode>>;

/** Declares the codes of an examination. */
export function declareCodes<Code extends string>(codes: Readonly<Record<Code, DeclaredCode>>): DeclaredCodes<Code> {
  const declared = Object.entries<DeclaredCode>(codes).map(([code, { severity, why }]) => {
    const make: MakeFinding = (found, fix = null) => ({ code, severity, found, why, fix });
    return [code, Object.assign(make, { severity, why })];
  });
  return Object.fromEntries(declared) as DeclaredCodes<Code>;
}

/** The worst severity of some findings; `ok` if there are none. */
export function worstOf(findings: readonly Pick<Finding, 'severity'>[]): Severity {
  const places = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
  return SEVERITIES[Math.max(0, ...places)] ?? 'ok';
}
