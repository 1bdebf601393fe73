export { DoctorContext } from './doctor-context.js';
export type { DoctorQuestions } from './doctor-context.js';
export { EXAMINATIONS } from './examinations.js';
export type { Finding, Severity } from './finding.js';
export { SEVERITIES, worstOf } from './finding.js';
export type { ExaminedPart } from './run-examinations.js';
export { runExaminations } from './run-examinations.js';
