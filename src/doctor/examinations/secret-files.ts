import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { VARIABLES } from '../../config/env.js';
import { openModeOf } from '../../config/open-files.js';
import { fileVariableOf } from '../../config/given-variables.js';
import type { Variable } from '../../config/variables.js';
import { fixedSecretFiles, fixedSourceOf } from '../../settings/read-fixed-settings.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';

const codes = declareCodes({
  SECRET_FILE_READABLE: {
    severity: 'warning',
    why: 'Every user and program of this machine that can read the file has the secret in it.',
  },
  DATA_FILE_READABLE: {
    severity: 'warning',
    why: 'Names, e-mail addresses and the audit log are in it, and anybody who has the key, too, has all secrets.',
  },
  FIRST_PASSWORD_KEPT: {
    severity: 'note',
    why: 'The file with the first password is not needed any more once it is known or changed.',
  },
});

interface SecretFile {
  readonly path: string;
  /** How messages name it; not by its path where a variable names it: that may be a secret under a wrong name. */
  readonly name: string;
}

/** Who may read the files that hold secrets. */
export const secretFiles: Examination = {
  id: 'SECRET_FILES',
  title: 'Files with secrets',
  codes,
  run: async (context) => {
    const secret = await Promise.all(secretFilesOf(context).map((file) => readable(file, codes.SECRET_FILE_READABLE)));
    const data = await Promise.all(dataFilesOf(context).map((file) => readable(file, codes.DATA_FILE_READABLE)));
    const findings = [...secret.flat(), ...data.flat(), ...(await firstPassword(context))];
    return { findings, well: 'Only their owner can read them.' };
  },
};

const inDataDir = ({ environment: { dataDir } }: DoctorContext, name: string): SecretFile => {
  const path = resolve(join(dataDir, name));
  return { path, name: path };
};

function secretFilesOf(context: DoctorContext): SecretFile[] {
  const named = Object.values<Variable>(VARIABLES).filter(({ inFile }) => inFile);
  const given = named.flatMap((variable) => {
    const name = fileVariableOf(variable);
    const path = context.source[name];
    return path ? [{ path, name: `The file that ${name} names` }] : [];
  });
  const own = ['encryption.key', 'admin-password'].map((name) => inDataDir(context, name));
  return [...given, ...inSettings(context), ...own, { path: '.env', name: resolve('.env') }];
}

/** The settings file, if a secret stands in it, and the files that it names. */
function inSettings({ environment }: DoctorContext): SecretFile[] {
  const source = fixedSourceOf(environment);
  return source ? fixedSecretFiles(source).map((path) => ({ path, name: resolve(path) })) : [];
}

function dataFilesOf({ environment: { database } }: DoctorContext): SecretFile[] {
  if (database.engine !== 'sqlite') return [];
  const file = resolve(database.file);
  return ['', '-wal'].map((suffix) => ({ path: `${file}${suffix}`, name: `${file}${suffix}` }));
}

async function readable({ path, name }: SecretFile, make: (found: string, fix: string) => Finding): Promise<Finding[]> {
  const mode = await openModeOf(path);
  if (mode === null) return [];
  const fix =
    'Run chmod o= on it as its owner; a secret of Kubernetes has defaultMode: 0400, one of Docker mode: 0400.';
  return [make(`${name} has the mode ${mode}, so that every user has rights on it.`, fix)];
}

async function firstPassword(context: DoctorContext): Promise<Finding[]> {
  const { path } = inDataDir(context, 'admin-password');
  if (!(await stat(path).catch(() => undefined))) return [];
  return [codes.FIRST_PASSWORD_KEPT(`${path} is still there.`, 'Keep the password elsewhere, and delete the file.')];
}
