import type { DeliveredEvent } from './delivered-event.js';

/** The facility "log audit" (RFC 5424, section 6.2.1). */
const FACILITY = 13;
const SEVERITIES: Readonly<Record<string, number>> = { SUCCEEDED: 6, REFUSED: 4, FAILED: 3 };
/** The name of the structured data, under the enterprise number for examples (RFC 5612), as Mooring has none of its own. */
const STRUCTURED = 'mooring@32473';
/** In bytes, of one value of the structured data; the message has it in full. */
const LONGEST_VALUE = 255;

/**
 * An event as a syslog message (RFC 5424): the facts to filter by as structured data, and the whole event as JSON in ASCII.
 *
 * @param host the name of the machine
 */
export function syslogMessageOf(event: DeliveredEvent, host: string): string {
  const priority = FACILITY * 8 + (SEVERITIES[event.outcome] ?? 5);
  const header = `<${priority}>1 ${event.at} ${nameOf(host, 255)} mooring - ${nameOf(event.action, 32)}`;
  return `${header} [${STRUCTURED}${structuredOf(event)}] ${asciiJsonOf(event)}`;
}

/** A message with its length before it, as it is sent over a connection (RFC 5425, section 4.3). */
export function framed(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`;
}

function structuredOf({ number, id, action, actor, target, outcome, count, reason, remoteAddress }: DeliveredEvent) {
  const values = {
    ...{ number, id, action, outcome, count, reason, address: remoteAddress },
    ...{ actorKind: actor.kind, actorId: actor.id, actor: actor.label },
    ...{ targetType: target?.type, targetId: target?.id, target: target?.label },
  };
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return given.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
}

/** RFC 5424, section 6.3.3. */
function escaped(value: string): string {
  return value.slice(0, LONGEST_VALUE).replace(/["\\\]]/g, '\\$&');
}

/** Printable ASCII without blanks (RFC 5424, section 6). */
function nameOf(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';
}

// ASCII needs no byte order mark (RFC 5424, section 6.4), and JSON no other characters.
function asciiJsonOf(event: DeliveredEvent): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(event).replace(/[\u007f-\uffff]/g, escape);
}
