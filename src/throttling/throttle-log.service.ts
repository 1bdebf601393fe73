import { Injectable, Logger } from '@nestjs/common';
import { sha256 } from '../common/crypto/random-text.js';
import { addressNetwork } from '../common/network/address-block.js';
import { Clock } from '../common/runtime/clock.js';
import { RecentKeys } from './recent-keys.js';
import { UnreadForwarding } from './unread-forwarding.service.js';

/** How many address blocks are remembered, with the user names that failed from each. */
const MOST_ADDRESSES = 1000;
/** How many user names are counted for one address block. */
const MOST_NAMES = 20;
const DIGEST_DIGITS = 12;
/** How many lines a process logs in a minute: a stranger may have any number of addresses. */
const MOST_LINES_A_MINUTE = 20;
/** How many of them are about one network, whose owner could otherwise use up all lines. */
const MOST_LINES_OF_A_NETWORK = 5;
const MINUTE_MS = 60_000;

/** What is counted for an address, and the setting that limits it; null if none does. */
const SUBJECTS = {
  credentials: { one: 'wrong credential', many: 'wrong credentials', setting: 'wrongSecretsPerAddress' },
  disclosures: {
    one: 'attempt to take a name or e-mail address of others',
    many: 'attempts to take a name or e-mail address of others',
    setting: 'wrongSecretsPerAddress',
  },
  registrations: { one: 'registration', many: 'registrations', setting: 'registrationsPerHour' },
  logins: { one: 'begun login', many: 'begun logins', setting: null },
} as const;

/** An address block with a spent budget. */
export interface ThrottledAddress {
  readonly block: string;
  readonly of: keyof typeof SUBJECTS;
}

/** A spent budget. Times are in milliseconds since 1970. */
export interface SpentWindow {
  readonly limit: number;
  readonly endsAt: number;
}

/** A window of an address that is throttled. */
interface NotedWindow {
  readonly endsAt: number;
  readonly isLogged: boolean;
}

/**
 * Logs that an address is throttled: once a window, with the setting to change. Memory and the number of lines are bounded,
 * whatever strangers send; what they typed is not logged. An address for which there was no line is logged as soon as there
 * is one, so that strangers with many addresses can't keep a proxy out of the log.
 */
@Injectable()
export class ThrottleLog {
  private readonly logger = new Logger(ThrottleLog.name);
  private readonly windows = new RecentKeys<NotedWindow>(MOST_ADDRESSES);
  private readonly names = new RecentKeys<Set<string>>(MOST_ADDRESSES);
  private minute = 0;
  private lines = 0;
  private readonly linesOfNetworks = new Map<string, number>();
  private unlogged = 0;

  constructor(
    private readonly unread: UnreadForwarding,
    private readonly clock: Clock,
  ) {}

  /** Counts a user name for which a credential from this address block was wrong. */
  noteName(block: string, name: string): void {
    const names = this.names.get(block) ?? new Set();
    if (names.size < MOST_NAMES) names.add(sha256(name).slice(0, DIGEST_DIGITS));
    this.names.set(block, names);
  }

  /** Logs that an address block is throttled until its window ends, unless that was logged. */
  note({ block, of }: ThrottledAddress, { limit, endsAt }: SpentWindow): void {
    const key = `${of} ${block}`;
    const now = this.clock.now().getTime();
    const known = this.windows.get(key);
    const isCounted = known !== undefined && known.endsAt > now;
    if (isCounted && known.isLogged) return;
    const isLogged = this.takeLine(block, now);
    this.windows.set(key, { endsAt, isLogged });
    if (isLogged) this.write({ block, of }, limit, Math.ceil((endsAt - now) / 1000));
    else if (!isCounted) this.unlogged++;
  }

  private takeLine(block: string, now: number): boolean {
    this.beginMinute(Math.floor(now / MINUTE_MS));
    const network = addressNetwork(block.replace(/\/\d+$/, ''));
    const ofNetwork = this.linesOfNetworks.get(network) ?? 0;
    if (this.lines >= MOST_LINES_A_MINUTE || ofNetwork >= MOST_LINES_OF_A_NETWORK) return false;
    this.lines++;
    this.linesOfNetworks.set(network, ofNetwork + 1);
    return true;
  }

  private beginMinute(minute: number): void {
    if (minute === this.minute) return;
    this.minute = minute;
    this.lines = 0;
    this.linesOfNetworks.clear();
  }

  private write({ block, of }: ThrottledAddress, limit: number, seconds: number): void {
    const { one, many, setting } = SUBJECTS[of];
    const what = limit === 1 ? one : many;
    const userNames = of === 'credentials' ? this.names.get(block)?.size : undefined;
    const isUnread = this.unread.isFrom(block);
    const fields = {
      address: block,
      seconds,
      ...(userNames && { userNames }),
      forwardingHeader: isUnread ? 'unread' : 'none',
    };
    const others = this.unlogged > 0 && { otherAddresses: this.unlogged };
    this.unlogged = 0;
    const names = userNames ? `, for ${nounOf(userNames)}` : '';
    this.logger.warn(
      { ...fields, ...others },
      `An address is throttled: more than ${limit} ${what} came from it${names}. ${remedyOf(isUnread, setting)}`,
    );
  }
}

function nounOf(userNames: number): string {
  if (userNames === 1) return 'one user name';
  return userNames < MOST_NAMES ? `${userNames} user names` : `at least ${MOST_NAMES} user names`;
}

function remedyOf(isUnread: boolean, setting: string | null): string {
  const ifNot = setting === null ? 'throttling it is right' : `the limit is the setting ${setting}`;
  if (isUnread) {
    return `It also sent a forwarding header that is not read. If it is your proxy, add it to TRUST_PROXY, so that each of its clients is counted by their own address; if it is not, ${ifNot}.`;
  }
  const raise =
    setting === null ? 'The limit is fixed; if' : `If many people share it, raise the setting ${setting}; if`;
  return `${raise} it is your proxy, add it to TRUST_PROXY and let it send X-Forwarded-For.`;
}
