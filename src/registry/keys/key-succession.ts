import { LONGEST_REGISTRY_TOKEN_MINUTES } from '../../settings/general-settings.schema.js';

/** Registries accept tokens for a minute after they expire, because clocks differ. */
const LEEWAY_MINUTES = 1;
const PUBLISHED_MINUTES = LONGEST_REGISTRY_TOKEN_MINUTES + LEEWAY_MINUTES;

/** Keys of which each signs from a given time until its successor does. */
export class KeySuccession<Key extends { readonly signsFrom: Date }> {
  private readonly newestFirst: readonly Key[];

  constructor(keys: readonly Key[]) {
    this.newestFirst = [...keys].sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  }

  /** The key that signs at a given time: the one that started last; undefined if there are no keys. */
  signingAt(now: Date): Key | undefined {
    return this.newestFirst.find(({ signsFrom }) => signsFrom <= now) ?? this.newestFirst.at(-1);
  }

  /** The keys that will sign, that sign, or whose tokens may still be valid; newest first. */
  publishedAt(now: Date): readonly Key[] {
    return this.newestFirst.filter((_key, index) => !this.hasEnded(index, now));
  }

  /** The keys whose tokens have all expired. */
  endedAt(now: Date): readonly Key[] {
    return this.newestFirst.filter((_key, index) => this.hasEnded(index, now));
  }

  private hasEnded(index: number, now: Date): boolean {
    const successor = this.newestFirst[index - 1];
    return successor !== undefined && successor.signsFrom.getTime() + PUBLISHED_MINUTES * 60_000 <= now.getTime();
  }
}
