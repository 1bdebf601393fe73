import { CannotOpen, Cipher } from '../../common/crypto/cipher.js';
import { CHECK_CONTEXT, Installation, keySourceOf } from '../../settings/installation.js';
import { EncryptionKeyUnusable } from '../../settings/settings.errors.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';

const codes = declareCodes({
  ENCRYPTION_KEY_WRONG: { severity: 'error', why: 'The server refuses to start, and no stored secret can be opened.' },
  ENCRYPTION_KEY_OLD: { severity: 'note', why: 'A key that is listed without need can still be lost or stolen.' },
  ENCRYPTION_KEY_CHANGING: {
    severity: 'warning',
    why: 'What the old key has encrypted is lost if that key is removed before it was re-encrypted.',
  },
});

/** Whether the encryption key opens what is stored. */
export const encryptionKey: Examination = {
  id: 'ENCRYPTION_KEY',
  title: 'Encryption key',
  codes,
  run: async (context) => {
    context.demand('encryptionKey');
    const sealed = await context.settings();
    const source = await keySourceOf(context.environment);
    try {
      await Installation.ofSealed(sealed, context.environment);
      return {
        findings: succession(context, sealed.keyCheck),
        well: `It opens what is stored. It is from: ${source}.`,
      };
    } catch (error) {
      if (!(error instanceof EncryptionKeyUnusable)) throw error;
      const [found = '', ...fix] = error.message.replace('; nothing was changed', '').split(/(?<=\.) (?=[A-Z])/);
      return {
        findings: [codes.ENCRYPTION_KEY_WRONG(`${found} It is from: ${source}.`, fix.join(' ') || null)],
        well: null,
      };
    }
  },
};

function succession({ environment: { encryptionKeys } }: DoctorContext, keyCheck: string): Finding[] {
  const [first, second] = encryptionKeys;
  if (!first || !second) return [];
  if (opens(new Cipher([first]), keyCheck)) {
    const found = 'ENCRYPTION_KEY lists two keys, and the settings are under the first.';
    return [codes.ENCRYPTION_KEY_OLD(found, 'Run "mooring keys rewrap"; when it says so, remove the second key.')];
  }
  const found = 'ENCRYPTION_KEY lists two keys, and the settings are still under the second.';
  return [codes.ENCRYPTION_KEY_CHANGING(found, 'Run "mooring keys rewrap" before you remove the second key.')];
}

function opens(cipher: Cipher, keyCheck: string): boolean {
  try {
    cipher.open(keyCheck, CHECK_CONTEXT);
    return true;
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    return false;
  }
}
