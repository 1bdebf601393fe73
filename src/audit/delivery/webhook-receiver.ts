import { createHmac } from 'node:crypto';
import { Agent, buildConnector, Dispatcher, request } from 'undici';
import { isLinkLocal, lookupRefusingLinkLocal } from '../../common/network/link-local.js';
import { contextTrusting } from '../../common/network/trusted-certificates.js';
import type { SecretText } from '../../common/crypto/secret-text.js';
import type { Clock } from '../../common/runtime/clock.js';
import { deadlineOf } from './deadline.js';
import type { DeliveredEvent } from './delivered-event.js';
import { NotTaken, Receiver } from './receiver.js';

/** How long the webhook may take for an answer, with its connection; in milliseconds. */
const DEADLINE_MS = 10_000;
/** How much of an answer is read, so that its connection can be used again; in bytes. */
const LONGEST_ANSWER = 16_384;
/** How long the end of an answer is waited for, so that its connection can be used again; in milliseconds. */
const ANSWER_MS = 1_000;
const KEEP_ALIVE_MS = 4_000;
const LINK_LOCAL = 'its address is link-local or one of a metadata service';

/** A webhook, as the operator has set it. */
export interface Webhook {
  readonly url: URL;
  readonly secret: SecretText;
}

/**
 * The header that proves who sent a body: its time in seconds since 1970, and the HMAC-SHA-256 (RFC 2104) of that time, a full
 * stop and the body under the secret.
 */
export function signatureOf(secret: SecretText, seconds: number, body: string): string {
  const digest = createHmac('sha256', secret.reveal()).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

/** Sends audit events to a webhook. It follows no redirects, connects to no link-local address, and reads no answers. */
export class WebhookReceiver implements Receiver {
  readonly name = 'webhook';
  private readonly agent = new Agent({
    connections: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connect: connectBeyondLinkLocal(),
  });

  constructor(
    private readonly webhook: Webhook,
    private readonly clock: Clock,
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  async send(events: readonly DeliveredEvent[], signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ events });
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'mooring',
      'mooring-signature': signatureOf(this.webhook.secret, Math.floor(this.clock.now().getTime() / 1000), body),
    };
    const deadline = deadlineOf(this.deadlineMs, signal);
    try {
      const options = { method: 'POST' as const, headers, body, dispatcher: this.agent, signal: deadline.signal };
      const answer = await request(this.webhook.url, options);
      const isTaken = answer.statusCode >= 200 && answer.statusCode < 300;
      // The status decides: an answer without an end is not waited for.
      if (Number(answer.headers['content-length'] ?? 0) > LONGEST_ANSWER) answer.body.destroy();
      else await dropped(answer.body, deadline.signal);
      if (!isTaken) throw new NotTaken(`it answered with HTTP ${answer.statusCode}`);
    } catch (error) {
      throw error instanceof NotTaken ? error : new NotTaken(problemOf(error));
    } finally {
      deadline.clear();
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

async function dropped(body: Dispatcher.ResponseData['body'], signal: AbortSignal): Promise<void> {
  const deadline = deadlineOf(ANSWER_MS, signal);
  await body.dump({ limit: LONGEST_ANSWER, signal: deadline.signal }).catch(() => void body.destroy());
  deadline.clear();
}

function connectBeyondLinkLocal(): buildConnector.connector {
  const lookup = lookupRefusingLinkLocal(linkLocalRefused);
  const connect = buildConnector({ lookup, timeout: DEADLINE_MS, secureContext: contextTrusting(null) });
  return (endpoint, callback) => {
    if (isLinkLocal(endpoint.hostname)) callback(linkLocalRefused(), null);
    else connect(endpoint, callback);
  };
}

const linkLocalRefused = () => new NotTaken(LINK_LOCAL);

/** A fixed vocabulary, and codes of Node: nothing that a server has said. */
function problemOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'TimeoutError') return 'it did not answer in time';
  if (name === 'AbortError') return 'it was not waited for any longer';
  return `no connection (${code ?? name ?? 'no code'})`;
}
