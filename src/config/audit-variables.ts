import { SecretText } from '../common/crypto/secret-text.js';
import { isLinkLocal } from '../common/network/link-local.js';
import { isLoopback } from '../common/network/loopback.js';
import { Complain, Variables } from './given-variables.js';
import { VARIABLES } from './variables.js';

/** Where the audit log is delivered to. */
export interface AuditReceivers {
  readonly webhook?: { readonly url: URL; readonly secret: SecretText };
  /** `syslog+tls:` or `tcp:`. */
  readonly syslog?: URL;
  /** How many events may wait for each receiver. */
  readonly mostWaiting: number;
}

const { auditWebhookUrl, auditWebhookSecret, auditSyslogUrl, auditBacklog } = VARIABLES;
const SECRET_FORM = /^[\x21-\x7e]{32,255}$/;
const MOST_WAITING = 100_000_000;

/** The receivers of the audit log that the variables name. */
export function auditReceiversIn(given: Variables, complain: Complain): AuditReceivers {
  const webhook = webhookIn(given, complain);
  const syslog = syslogIn(given[auditSyslogUrl.name] || '', complain);
  return { ...(webhook && { webhook }), ...(syslog && { syslog }), mostWaiting: mostWaitingIn(given, complain) };
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

function syslogIn(address: string, complain: Complain): URL | undefined {
  if (address === '') return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !isSyslogUrl(url)) {
    complain(auditSyslogUrl, 'must be syslog+tls://HOST:6514 and nothing else, or tcp://127.0.0.1:PORT.');
    return undefined;
  }
  if (isLinkLocal(url.hostname)) complain(auditSyslogUrl, 'must not be a link-local address or a metadata service.');
  return url;
}

function isSyslogUrl(url: URL): boolean {
  const isSafe = url.protocol === 'syslog+tls:' || (url.protocol === 'tcp:' && isLoopback(url));
  const rest = [url.username, url.password, url.pathname.slice(1), url.search, url.hash].join('');
  return isSafe && url.hostname !== '' && rest === '';
}

function mostWaitingIn(given: Variables, complain: Complain): number {
  const text = given[auditBacklog.name] || auditBacklog.fallback;
  const most = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (most >= 1 && most <= MOST_WAITING) return most;
  complain(auditBacklog, `must be a whole number from 1 to ${MOST_WAITING}.`);
  return MOST_WAITING;
}
