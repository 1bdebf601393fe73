import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { ReservedNames } from './reserved-names.js';
import { madeValid, problemOfForm, USERNAME_MAX_LENGTH, UsernameProblem } from './username.js';
import { UsersService } from '../users.service.js';

/** Whether a name can be chosen, and what to choose instead. */
export interface Availability {
  readonly available: boolean;
  readonly problem: UsernameProblem | null;
  readonly suggestion: string | null;
}

/** Advises people who choose a user name. */
@Injectable()
export class NameSuggestions {
  constructor(
    private readonly users: UsersService,
    private readonly reserved: ReservedNames,
  ) {}

  /** What is wrong with a user name, apart from being taken; undefined where nothing is. */
  async problemOf(username: string): Promise<Exclude<UsernameProblem, UsernameProblem.TAKEN> | undefined> {
    const problem = problemOfForm(username);
    if (problem) return problem;
    if (await this.reserved.isReserved(username)) return UsernameProblem.RESERVED;
    return (await this.users.hasLookalike(username)) ? UsernameProblem.LOOKALIKE : undefined;
  }

  /** Whether a user name could be chosen now. */
  async availability(username: string): Promise<Availability> {
    const problem = await this.problemOf(username);
    if (problem) return { available: false, problem, suggestion: await this.suggest(username) };
    if (await this.users.isFree(username)) return { available: true, problem: null, suggestion: null };
    return { available: false, problem: UsernameProblem.TAKEN, suggestion: await this.suggest(username) };
  }

  /** A valid and free name near the wanted one; null where nothing usable is in it. */
  async suggest(wanted: string | null): Promise<string | null> {
    const valid = wanted === null ? null : madeValid(wanted);
    if (valid === null || (await this.isUsable(valid))) return valid;
    return this.usableNear(valid);
  }

  private async isUsable(username: string): Promise<boolean> {
    return (await this.users.isFree(username)) && (await this.problemOf(username)) === undefined;
  }

  /** A usable name near another: with a small number at its end or, where many are taken, a random one. */
  private async usableNear(username: string): Promise<string | null> {
    const stem = [...username].slice(0, USERNAME_MAX_LENGTH - 8).join('');
    const numbers = [2, 3, 4, 5, 6, 7, 8, 9, randomInt(10, 1000), randomInt(1000, 1_000_000)];
    for (const number of numbers) {
      if (await this.isUsable(`${stem}-${number}`)) return `${stem}-${number}`;
    }
    return null;
  }
}
