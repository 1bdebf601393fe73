import { Logger } from '@nestjs/common';
import { Unready, UNREADY_MESSAGES } from './readiness.js';

const logger = new Logger('Readiness');

/** Logs that this process is not ready any more, and why, or that it is again. */
export function tellReadiness(problem: Unready | null): void {
  if (problem === null) logger.log('Ready again: the database can be read and written.');
  else logger.warn({ reason: problem }, `Not ready. ${UNREADY_MESSAGES[problem]}`);
}
