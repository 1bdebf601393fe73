import { isDoneWithin } from './within.js';

/** How long the end of a process waits for its last tasks. */
const LAST_TASKS_MS = 2_000;

const tasks: (() => Promise<unknown>)[] = [];

/** Adds something to be done when everything is answered, before the process ends. */
export function beforeEnd(task: () => Promise<unknown>): void {
  tasks.push(task);
}

/** Does the last tasks, if there are any, as far as their time allows. Their failures are theirs. */
export async function doLastTasks(): Promise<void> {
  if (tasks.length > 0) await isDoneWithin(LAST_TASKS_MS, Promise.allSettled(tasks.map((task) => task())));
}
