import { Injectable } from '@nestjs/common';
import { madeValid, problemOfForm, UsernameProblem } from './username.js';
import { UsersService } from './users.service.js';

/** Whether a name can be chosen, and what to choose instead. */
export interface Availability {
  readonly available: boolean;
  readonly problem: UsernameProblem | null;
  readonly suggestion: string | null;
}

/** Advises people who choose a user name. */
@Injectable()
export class NameSuggestions {
  constructor(private readonly users: UsersService) {}

  /** Whether a user name could be chosen now. */
  async availability(username: string): Promise<Availability> {
    const problem = problemOfForm(username);
    if (problem) return { available: false, problem, suggestion: await this.suggest(username) };
    if (await this.users.isFree(username)) return { available: true, problem: null, suggestion: null };
    return { available: false, problem: UsernameProblem.TAKEN, suggestion: await this.suggest(username) };
  }

  /** A valid and free name near the wanted one; null where nothing usable is in it. */
  async suggest(wanted: string | null): Promise<string | null> {
    const valid = wanted === null ? null : madeValid(wanted);
    if (valid === null || (await this.users.isFree(valid))) return valid;
    return this.users.freeNameNear(valid);
  }
}
