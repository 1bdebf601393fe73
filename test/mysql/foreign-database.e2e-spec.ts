import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerFolder } from '../support/server-folder.js';

describe('The start of the server on an empty database', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  it('is refused beside the password of another installation, which is not changed', async () => {
    const file = join(folder.path, 'admin-password');
    await writeFile(file, 'of another installation');
    const server = await folder.start();
    expect(await server.exit()).toBe(1);
    expect(server.output).toContain(`files of one are there: ${file}`);
    expect(await readFile(file, 'utf8')).toBe('of another installation');
  });
});
