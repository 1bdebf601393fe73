/** Something could not be examined, for a reason that is no fault of its own. */
export class NotExaminable extends Error {
  constructor(
    message: string,
    /** What to do so that it can be examined. */
    readonly fix: string | null = null,
  ) {
    super(message);
  }
}
