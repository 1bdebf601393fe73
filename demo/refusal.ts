/** The exit code for a wrong command line (EX_USAGE of sysexits.h). */
export const USAGE = 64;

/** Why the demo does not start or ends, in a sentence with the next step; it is shown without a stack. */
export class DemoRefusal extends Error {
  /** @param exitCode 1, or {@link USAGE} for a wrong command line */
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
