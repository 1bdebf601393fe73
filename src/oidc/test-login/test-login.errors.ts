import { refusal } from '../../common/errors/domain-error.js';

/** The test login that the provider sent back is not that of this browser's session. */
export class TestLoginUnknown extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'This test login was started in another browser or session, was replaced or completed already, or took longer than ten minutes.',
  hint: 'Go back to Administration → Configuration and start it again.',
}) {
  /**
   * @param detail what did not fit, for the log
   * @param auditedDetail the same for the audit log, where its end is audited; from a fixed vocabulary
   */
  constructor(
    detail: string,
    override readonly auditedDetail?: string,
  ) {
    super({ detail });
  }
}

/** A test login was asked for without the session of a browser. */
export class TestLoginNeedsSession extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'A test login needs a session of a browser, to which its result is bound.',
  hint: 'Log in at the portal, and start it there.',
}) {}
