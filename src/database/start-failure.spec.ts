import { describe, expect, it } from '@jest/globals';
import { DatabaseUnusable } from './database.errors.js';
import { explainFailedStart } from './start-failure.js';

const failed = (errno: number) => Object.assign(new Error('The server says no.'), { errno });

describe(explainFailedStart, () => {
  it('explains a start that others held up until it gave up, such as by a lock on a table', () => {
    for (const errno of [1205, 1213]) expect(() => explainFailedStart(failed(errno))).toThrow(DatabaseUnusable);
  });

  it('leaves a defect as it is', () => {
    const defect = failed(1064);
    expect(() => explainFailedStart(defect)).toThrow(defect);
  });
});
