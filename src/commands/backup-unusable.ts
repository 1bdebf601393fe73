/** A backup can't be made, read or restored; the message says why, and what to do. */
export class BackupUnusable extends Error {}

/** The code of a failure of the file system or of SQLite, for a message. */
export function codeOf(error: unknown): string {
  return (error as { code?: string } | null)?.code ?? 'no code';
}
