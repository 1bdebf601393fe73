import { SecretText } from '../common/crypto/secret-text.js';
import { isLinkLocal } from '../common/network/link-local.js';
import { isLoopback } from '../common/network/loopback.js';
import { Complain, Variables } from './given-variables.js';
import { VARIABLES } from './variables.js';

/** Where the audit log is delivered to. */
export interface AuditReceivers {
  readonly webhook?: { readonly url: URL; readonly secret: SecretText };
  /** How many events may wait for each receiver. */
  readonly mostWaiting: number;
}

const { auditWebhookUrl, auditWebhookSecret, auditBacklog } = VARIABLES;
const SECRET_FORM = /^[\x21-\x7e]{32,255}$/;
const MOST_WAITING = 100_000_000;

/** The receivers of the audit log that the variables name. */
export function auditReceiversIn(given: Variables, complain: Complain): AuditReceivers {
  const webhook = webhookIn(given, complain);
  return { ...(webhook && { webhook }), mostWaiting: mostWaitingIn(given, complain) };
}

function webhookIn(given: Variables, complain: Complain): AuditReceivers['webhook'] {
  const [address, secret] = [given[auditWebhookUrl.name] || '', given[auditWebhookSecret.name] || ''];
  if (address === '' && secret === '') return undefined;
  if (address === '') complain(auditWebhookUrl, `is required with ${auditWebhookSecret.name}.`);
  if (secret === '') complain(auditWebhookSecret, `is required with ${auditWebhookUrl.name}.`);
  else if (!SECRET_FORM.test(secret))
    complain(auditWebhookSecret, 'must be 32 to 255 ASCII characters without spaces.');
  const url = address === '' ? undefined : webhookUrlIn(address, complain);
  return url && { url, secret: new SecretText(secret) };
}

function webhookUrlIn(address: string, complain: Complain): URL | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  if (!url || !isSafe || url.username || url.password || url.hash) {
    const form = 'must be an https URL without credentials and fragment, or one with http on a loopback address';
    complain(auditWebhookUrl, `${form}.`);
    return undefined;
  }
  if (isLinkLocal(url.hostname)) complain(auditWebhookUrl, 'must not be a link-local address or a metadata service.');
  return url;
}

function mostWaitingIn(given: Variables, complain: Complain): number {
  const text = given[auditBacklog.name] || auditBacklog.fallback;
  const most = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (most >= 1 && most <= MOST_WAITING) return most;
  complain(auditBacklog, `must be a whole number from 1 to ${MOST_WAITING}.`);
  return MOST_WAITING;
}
