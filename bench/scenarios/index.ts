import { ADMINISTRATION } from './administration.js';
import { GALERA } from './galera.js';
import { hotPathsOn, largeHotPathsOn } from './hot-paths.js';
import { MEMORY, START, WORKERS } from './machine.js';
import { PLAIN } from './plain.js';
import { REFRESHING } from './refreshing.js';
import { REFUSALS } from './refusals.js';
import { Scenario } from './scenario.js';

export { Bench } from './scenario.js';
export type { Scenario } from './scenario.js';

/** Everything that is measured, in the order of the table: neighbours share what is set up. */
export const SCENARIOS: readonly Scenario[] = [
  ...hotPathsOn('SQLite'),
  ...REFUSALS,
  PLAIN,
  ...hotPathsOn('MariaDB'),
  REFRESHING,
  WORKERS,
  ADMINISTRATION,
  START,
  GALERA,
  largeHotPathsOn('SQLite'),
  MEMORY,
  largeHotPathsOn('MariaDB'),
];
