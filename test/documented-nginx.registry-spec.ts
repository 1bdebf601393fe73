import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksOfPages, placeOf } from './support/documented-commands.js';
import { SELF_SIGNED } from './support/self-signed.js';

const blocks = blocksOfPages().filter(({ language }) => language === 'nginx');

/** Around what a block begins with, what it needs: nothing, `http`, or `http` and `server`. */
const WITHIN: readonly [RegExp, (text: string) => string][] = [
  [/^(events|http|stream) /m, (text) => text],
  [/^(server|upstream|map|log_format|limit_req_zone|geo) /m, (text) => `http {\n${text}\n}`],
  [/^/, (text) => `http {\nserver {\nlisten 127.0.0.1:8999;\n${text}\n}\n}`],
];

describe('The nginx configuration in the documentation', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-nginx-'));
    await writeFile(join(folder, 'certificate.pem'), SELF_SIGNED.cert);
    await writeFile(join(folder, 'key.pem'), SELF_SIGNED.key);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(blocks.map((block) => ({ place: placeOf(block), text: block.text })))(
    'at $place is well formed',
    async ({ text }) => {
      const [, within] = WITHIN.find(([pattern]) => pattern.test(text))!;
      const whole = within(text)
        .replace(/(ssl_certificate) +[^;]+;/g, `$1 ${folder}/certificate.pem;`)
        .replace(/(ssl_certificate_key) +[^;]+;/g, `$1 ${folder}/key.pem;`);
      const events = /^events /m.test(whole) ? '' : 'events {}\n';
      await writeFile(join(folder, 'nginx.conf'), `pid ${folder}/nginx.pid;\n${events}${whole}`);
      const { status, stderr } = spawnSync('nginx', ['-t', '-q', '-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
        env: { PATH: `/usr/sbin:${process.env.PATH}` },
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
    },
  );
});
