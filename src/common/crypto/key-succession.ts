/** Keys of which each signs from a given time until its successor does. */
export class KeySuccession<Key extends { readonly signsFrom: Date }> {
  private readonly newestFirst: readonly Key[];

  /** @param publishedForMs how long a key stays published after its successor has started to sign */
  constructor(
    keys: readonly Key[],
    private readonly publishedForMs: number,
  ) {
    this.newestFirst = [...keys].sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  }

  /** The key that signs at a given time: the one that started last, or the first one to start; undefined if there are no keys. */
  signingAt(now: Date): Key | undefined {
    return this.newestFirst.find(({ signsFrom }) => signsFrom <= now) ?? this.newestFirst.at(-1);
  }

  /** The keys that will sign, that sign, or that were replaced a short time ago; newest first. */
  publishedAt(now: Date): readonly Key[] {
    return this.newestFirst.filter((key) => !this.hasEnded(key, now));
  }

  /** The keys that are no longer published. */
  endedAt(now: Date): readonly Key[] {
    return this.newestFirst.filter((key) => this.hasEnded(key, now));
  }

  /** Of keys that start at the same time none ends the other: replicas may read them in any order. */
  private hasEnded({ signsFrom }: Key, now: Date): boolean {
    const latestStart = now.getTime() - this.publishedForMs;
    return this.newestFirst.some((key) => key.signsFrom > signsFrom && key.signsFrom.getTime() <= latestStart);
  }
}
