import { Refusal } from './domain-error.js';

/** The refusals of the web server itself, by HTTP status. */
export const SERVER_REFUSALS: readonly Refusal[] = [
  {
    code: 'BAD_USER_INPUT',
    status: 400,
    fact: 'The body or the path of the request is malformed.',
    hint: 'Correct it and send it again.',
  },
  {
    code: 'NOT_FOUND',
    status: 404,
    fact: 'There is nothing at this path.',
    hint: 'Check the address.',
    headline: 'Page not found',
  },
  {
    code: 'BAD_USER_INPUT',
    status: 405,
    fact: 'Method not allowed for this path.',
    hint: 'Check the method.',
  },
  { code: 'PAYLOAD_TOO_LARGE', status: 413, fact: 'The request is larger than 256 KiB.', hint: 'Send less.' },
  {
    code: 'BAD_USER_INPUT',
    status: 415,
    fact: 'The content type is not supported.',
    hint: 'Send a form, with the content type application/x-www-form-urlencoded.',
  },
];

/** Every other error: a defect. The log has the original under the same request id. */
export const INTERNAL_ERROR: Refusal = {
  code: 'INTERNAL_SERVER_ERROR',
  status: 500,
  fact: 'An internal error occurred.',
  hint: 'Tell an administrator this request id: {requestId}.',
  carries: { requestId: 'the id under which the log has the error' },
};
