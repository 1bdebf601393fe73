import { ListedUser, UserList, UserOperationsModule } from '../users/operator/index.js';
import { inCommandContext } from './command-context.js';
import { UserTable } from './user-table.js';

/** Takes a piece of text; the next one is only made when it has been taken. */
type Write = (text: string) => Promise<void>;

/**
 * Lists all users of the installation that the environment names, page by page.
 *
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function listUsers(json: boolean, write: Write): Promise<void> {
  return inCommandContext([UserOperationsModule], (app) => {
    const pages = app.get(UserList).pages();
    return json ? writeJson(pages, write) : writeTable(pages, write);
  });
}

async function writeTable(pages: AsyncIterable<readonly ListedUser[]>, write: Write): Promise<void> {
  const table = new UserTable();
  for await (const page of pages) await write(table.linesOf(page));
}

/** A JSON array with one user a line. */
async function writeJson(pages: AsyncIterable<readonly ListedUser[]>, write: Write): Promise<void> {
  let before = '[';
  for await (const page of pages) {
    await write(page.map((user, place) => `${place === 0 ? before : ','}\n${JSON.stringify(user)}`).join(''));
    before = ',';
  }
  await write(before === '[' ? '[]\n' : '\n]\n');
}
