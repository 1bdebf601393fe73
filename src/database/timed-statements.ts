import { DataSource } from 'typeorm';
import { StatementTimes } from '../common/persistence/statement-times.js';
import { changeEachRunner } from './each-runner.js';

const TIMES = new WeakMap<DataSource, StatementTimes>();

/** Lets every statement of a data source be timed. Call it before the data source is used. */
export function timeStatements(dataSource: DataSource): DataSource {
  const times = new StatementTimes(dataSource.options.type === 'better-sqlite3' ? 'sqlite' : 'server');
  TIMES.set(dataSource, times);
  changeEachRunner(dataSource, (runner) => {
    const query = runner.query.bind(runner);
    runner.query = (...statement: Parameters<typeof query>) => times.run(statement[0], () => query(...statement));
  });
  return dataSource;
}

/** The times of the statements of a data source; undefined if nobody asked for them before it was used. */
export function statementTimesOf(dataSource: DataSource): StatementTimes | undefined {
  return TIMES.get(dataSource);
}
