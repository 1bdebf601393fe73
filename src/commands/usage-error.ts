/** The command line is wrong; the message names the option and what it may be. */
export class UsageError extends Error {
  constructor(option: string, problem: string) {
    super(`${option}: ${problem}`);
  }
}
