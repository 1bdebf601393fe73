import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { ReservedNames } from './reserved-names.js';
import { nearestValidName, problemOfForm, USERNAME_MAX_LENGTH, UsernameProblem } from './username.js';
import { UsersService } from '../users.service.js';

/** Whether a user name can be chosen, and if not, why and what to choose instead. */
export interface Availability {
  readonly available: boolean;
  readonly problem: UsernameProblem | null;
  readonly suggestion: string | null;
}

/** Checks user names and suggests free ones. */
@Injectable()
export class NameSuggestions {
  constructor(
    private readonly users: UsersService,
    private readonly reserved: ReservedNames,
  ) {}

  /**
   * The problem of a user name, except that it is taken; undefined if there is none.
   *
   * @param ownerId the user who is to get the name, if there is one already
   */
  async problemOf(
    username: string,
    ownerId?: string,
  ): Promise<Exclude<UsernameProblem, UsernameProblem.TAKEN> | undefined> {
    const problem = problemOfForm(username);
    if (problem) return problem;
    if (await this.reserved.isReserved(username)) return UsernameProblem.RESERVED;
    return (await this.users.hasLookalike(username, ownerId)) ? UsernameProblem.LOOKALIKE : undefined;
  }

  /** Whether a user name can be chosen now. */
  async availability(username: string): Promise<Availability> {
    const problem = await this.problemOf(username);
    if (problem) return { available: false, problem, suggestion: await this.suggest(username) };
    if (await this.users.isFree(username)) return { available: true, problem: null, suggestion: null };
    return { available: false, problem: UsernameProblem.TAKEN, suggestion: await this.suggest(username) };
  }

  /** A valid and free name close to the wanted one; null if there is none. */
  async suggest(wanted: string | null): Promise<string | null> {
    const valid = wanted === null ? null : nearestValidName(wanted);
    if (valid === null || (await this.isUsable(valid))) return valid;
    return this.usableNear(valid);
  }

  private async isUsable(username: string): Promise<boolean> {
    return (await this.users.isFree(username)) && (await this.problemOf(username)) === undefined;
  }

  /** The name with a number at its end: a small one, or a random one if those are taken. */
  private async usableNear(username: string): Promise<string | null> {
    const stem = [...username].slice(0, USERNAME_MAX_LENGTH - 8).join('');
    const numbers = [2, 3, 4, 5, 6, 7, 8, 9, randomInt(10, 1000), randomInt(1000, 1_000_000)];
    for (const number of numbers) {
      if (await this.isUsable(`${stem}-${number}`)) return `${stem}-${number}`;
    }
    return null;
  }
}
