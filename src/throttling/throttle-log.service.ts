import { Injectable, Logger } from '@nestjs/common';
import { sha256 } from '../common/crypto/random-text.js';
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
const MINUTE_MS = 60_000;

/** What is counted for an address, and the setting that limits it. */
const SUBJECTS = {
  credentials: { what: 'wrong credentials', setting: 'wrongSecretsPerAddress' },
  disclosures: { what: 'attempts to take a name or e-mail address of others', setting: 'wrongSecretsPerAddress' },
  registrations: { what: 'registrations', setting: 'registrationsPerHour' },
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

/**
 * Logs that an address is throttled: once a window, with the setting to change. Memory and the number of lines are bounded,
 * whatever strangers send; what they typed is not logged.
 */
@Injectable()
export class ThrottleLog {
  private readonly logger = new Logger(ThrottleLog.name);
  private readonly windows = new RecentKeys<number>(MOST_ADDRESSES);
  private readonly names = new RecentKeys<Set<string>>(MOST_ADDRESSES);
  private minute = 0;
  private lines = 0;
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
    if ((this.windows.get(key) ?? 0) > now) return;
    this.windows.set(key, endsAt);
    if (this.hasRoom(now)) this.write({ block, of }, limit, Math.ceil((endsAt - now) / 1000));
    else this.unlogged++;
  }

  private hasRoom(now: number): boolean {
    const minute = Math.floor(now / MINUTE_MS);
    this.lines = minute === this.minute ? this.lines + 1 : 1;
    this.minute = minute;
    return this.lines <= MOST_LINES_A_MINUTE;
  }

  private write({ block, of }: ThrottledAddress, limit: number, seconds: number): void {
    const { what, setting } = SUBJECTS[of];
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

function remedyOf(isUnread: boolean, setting: string): string {
  return isUnread
    ? `It also sent a forwarding header that is not read. If it is your proxy, set TRUST_PROXY so that each of its clients is counted by their own address; if it is not, the limit is the setting ${setting}.`
    : `If many people share it, raise the setting ${setting}; if it is your proxy, set TRUST_PROXY and let it send X-Forwarded-For.`;
}
