import { describe, expect, it } from '@jest/globals';
import { DoctorContext } from './doctor-context.js';
import { release } from './examinations/release.js';
import { settings } from './examinations/settings.js';
import type { Examination } from './examination.js';
import { runExaminations } from './run-examinations.js';

const failing = (code: string, message: string) => {
  const rows = () => Promise.reject(Object.assign(new Error(message), { name: 'SqliteError', code }));
  const none = () => Promise.resolve(null);
  return class extends DoctorContext {
    override openDatabase = () =>
      Promise.resolve({ engine: 'sqlite' as const, rows, lackedRights: none, cluster: none, close: rows });
  };
};

describe('The examinations of what the database holds', () => {
  const found = async (examination: Examination, code: string, message = '') => {
    const context = new (failing(code, message))({ DATABASE_URL: 'sqlite:nowhere.db' });
    const [part] = await runExaminations([examination], context);
    return part?.findings.map((finding) => `${finding.code}: ${finding.found}`);
  };

  it.each([settings, release])('name the error of a database that can not be read ($id)', async (examination) => {
    const told = `${examination.id}_UNKNOWN: This could not be examined (SQLITE_CORRUPT).`;
    expect(await found(examination, 'SQLITE_CORRUPT', 'database disk image is malformed')).toEqual([told]);
  });

  it('say of a database without tables that it holds no installation', async () => {
    expect(await found(settings, 'SQLITE_ERROR', 'no such table: settings')).toEqual([
      'SETTINGS_UNKNOWN: The database holds no installation.',
    ]);
    expect(await found(release, 'SQLITE_ERROR', 'no such table: migrations')).toEqual([
      'NO_INSTALLATION: The database holds no installation.',
    ]);
  });
});
