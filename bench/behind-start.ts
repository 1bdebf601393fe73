import type { Scene } from './scene.js';

const [LOOK_AGAIN_MS, LONGEST_MS] = [200, 1_800_000];
const IS_DUE = 'SELECT id FROM users WHERE words_due IS NOT NULL ORDER BY words_due LIMIT 1';

/**
 * Waits until the words of all users are stored, which the server does behind its start.
 *
 * @throws {Error} if that takes half an hour
 */
export async function wordsAreStored({ store }: Pick<Scene, 'store'>): Promise<void> {
  for (let waited = 0; waited < LONGEST_MS; waited += LOOK_AGAIN_MS) {
    if ((await store.rows(IS_DUE)).length === 0) return;
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  }
  throw new Error('The words of users were not stored in time.');
}
