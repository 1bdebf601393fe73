import { DataSource, QueryRunner } from 'typeorm';

/** Changes every query runner of a data source, each once. Call it before the data source is used. */
export function changeEachRunner({ driver }: DataSource, change: (runner: QueryRunner) => void): void {
  const createQueryRunner = driver.createQueryRunner.bind(driver);
  // SQLite returns the same runner each time: changing it each time would nest the changes ever deeper.
  const known = new WeakSet<QueryRunner>();
  driver.createQueryRunner = (mode) => {
    const runner = createQueryRunner(mode);
    if (!known.has(runner)) change(runner);
    known.add(runner);
    return runner;
  };
}
