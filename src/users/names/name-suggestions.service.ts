import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { asciiNameNear, withoutEndSeparators } from './ascii-name.js';
import { RepositoryNames } from './repository-names.js';
import { ReservedNames } from './reserved-names.js';
import { nearestValidName, problemOfForm, USERNAME_MAX_LENGTH, UsernameProblem } from './username.js';
import { UsersService } from '../users.service.js';

/** Whether a user name can be chosen, which place it gives, and what to choose instead. */
export interface Availability {
  readonly available: boolean;
  readonly problem: UsernameProblem | null;
  readonly suggestion: string | null;
  readonly repositoryName: string | null;
  readonly repositoryFolder: string | null;
  readonly suggestionWithRepository: string | null;
}

/** Checks user names and suggests free ones. */
@Injectable()
export class NameSuggestions {
  constructor(
    private readonly users: UsersService,
    private readonly reserved: ReservedNames,
    private readonly repositories: RepositoryNames,
  ) {}

  /**
   * The problem of a user name, except that it is taken or gives no place; undefined if there is none.
   *
   * @param ownerId the user to whom the operator gives the name; without one, somebody chooses it
   */
  async problemOf(
    username: string,
    ownerId?: string,
  ): Promise<Exclude<UsernameProblem, UsernameProblem.TAKEN> | undefined> {
    const problem = problemOfForm(username);
    if (problem) return problem;
    if (await this.reserved.isReserved(username, ownerId !== undefined)) return UsernameProblem.RESERVED;
    return (await this.users.hasLookalike(username, ownerId)) ? UsernameProblem.LOOKALIKE : undefined;
  }

  /** Whether a user name gives a place in the registry. */
  givesPlace(username: string): boolean {
    return this.repositories.of(username) !== null;
  }

  /**
   * Whether a user name can be chosen now.
   *
   * @param isPlaceRequired whether a name that gives no place in the registry is refused
   */
  async availability(username: string, isPlaceRequired = false): Promise<Availability> {
    const problem = await this.problemNow(username, isPlaceRequired);
    const withRepository = problem || !this.givesPlace(username) ? await this.suggestWithPlace(username) : null;
    return {
      available: problem === null,
      problem,
      suggestion: problem && (withRepository ?? (isPlaceRequired ? null : await this.suggestValid(username))),
      repositoryName: this.repositories.of(username),
      repositoryFolder: await this.repositories.folderOf(username),
      suggestionWithRepository: this.givesPlace(username) ? null : withRepository,
    };
  }

  /**
   * A valid and free name close to the wanted one; null if there is none. It gives a place in the registry unless the wanted
   * name is of a script that has no ASCII form.
   */
  async suggest(wanted: string | null): Promise<string | null> {
    return (await this.suggestWithPlace(wanted)) ?? this.suggestValid(wanted);
  }

  /** A valid and free name close to the wanted one that gives a place in the registry; null if there is none. */
  async suggestWithPlace(wanted: string | null): Promise<string | null> {
    if (wanted === null) return null;
    const near = this.shortPlaceOf(wanted) ?? asciiNameNear(wanted);
    if (near === null || problemOfForm(near) !== undefined) return null;
    return this.usableAtOrNear(near, (name) => this.givesPlace(name));
  }

  private async suggestValid(wanted: string | null): Promise<string | null> {
    const valid = wanted === null ? null : nearestValidName(wanted);
    return valid && this.usableAtOrNear(valid, () => true);
  }

  private async problemNow(username: string, isPlaceRequired: boolean): Promise<UsernameProblem | null> {
    const problem = await this.problemOf(username);
    if (problem) return problem;
    if (isPlaceRequired && !this.givesPlace(username)) return UsernameProblem.NO_PLACE;
    return (await this.users.isFree(username)) ? null : UsernameProblem.TAKEN;
  }

  private shortPlaceOf(wanted: string): string | null {
    // Folding a longer text is not worth it.
    return wanted.length > USERNAME_MAX_LENGTH ? null : this.repositories.of(wanted);
  }

  private async isUsable(username: string): Promise<boolean> {
    return (await this.users.isFree(username)) && (await this.problemOf(username)) === undefined;
  }

  /** The name, or one with a number at its end if it is taken: a small one, or a random one if those are taken. */
  private async usableAtOrNear(username: string, isWanted: (name: string) => boolean): Promise<string | null> {
    const stem = withoutEndSeparators([...username].slice(0, USERNAME_MAX_LENGTH - 8).join(''));
    const numbers = [2, 3, 4, 5, 6, 7, 8, 9, randomInt(10, 1000), randomInt(1000, 1_000_000)];
    for (const name of [username, ...numbers.map((number) => `${stem}-${number}`)]) {
      if (isWanted(name) && (await this.isUsable(name))) return name;
    }
    return null;
  }
}
