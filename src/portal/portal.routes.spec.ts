import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fastify, { FastifyInstance } from 'fastify';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { addPortalRoutes, SCREENS } from './portal.routes.js';

const SCRIPT = 'globalThis.began = true;';

describe(addPortalRoutes.name, () => {
  let folder: string;
  let server: FastifyInstance;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-portal-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Mooring</title>');
    await writeFile(join(folder, 'assets', 'index-a1.js'), SCRIPT);
    await writeFile(join(folder, 'assets', 'index-a1.js.gz'), gzipSync(SCRIPT));
    await writeFile(join(folder, 'secret.txt'), 'not for browsers');
    server = fastify();
    await addPortalRoutes(server, { folder });
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('answers every screen with the one page, which is asked for anew', async () => {
    for (const screen of SCREENS.map((path) => path.replace('*', 'users/some-id'))) {
      const { statusCode, headers, body } = await server.inject(screen);
      expect([statusCode, headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(body).toContain('<title>Mooring</title>');
    }
  });

  it('lets browsers keep forever what is named by its content, and sends it compressed', async () => {
    const { headers } = await server.inject({ url: '/assets/index-a1.js', headers: { 'accept-encoding': 'gzip' } });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['content-type']).toContain('javascript');
  });

  it.each(['/assets/index-b2.js', '/secret.txt', '/administrations', '/index.html'])(
    'has nothing at %s',
    async (path) => {
      expect((await server.inject(path)).statusCode).toBe(404);
    },
  );

  it.each(['..%2Fsecret.txt', '%2e%2e%2Fsecret.txt', '%2e%2e%2f', '.env', 'index-a1.js%00', 'x%2Findex-a1.js'])(
    'has nothing beside its folder, and says so like everything that is not there: %s',
    async (name) => {
      server.setNotFoundHandler((_request, reply) => reply.code(404).send('our own words'));
      const { statusCode, body } = await server.inject(`/assets/${name}`);
      expect([statusCode, body]).toEqual([404, 'our own words']);
    },
  );
});

describe('The page below a path', () => {
  it('has every link below it, and its scripts are there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-portal-'));
    const links = '<link href="/mark.svg"><script src="/assets/index-a1.js"></script>';
    const others = '<a href="https://a.example/"> src="//b.example/" data-href="/c"';
    await writeFile(join(folder, 'index.html'), links + others);
    const server = fastify();
    await addPortalRoutes(server, { folder, basePath: '/tools/$&' });
    const { headers, body } = await server.inject('/administration/users');
    expect([headers['cache-control'], headers['content-type']]).toEqual(['no-cache', 'text/html; charset=utf-8']);
    expect(body).toBe(
      links.replace('"/mark', () => '"/tools/$&/mark').replace('"/assets', () => '"/tools/$&/assets') + others,
    );
    await server.close();
    await rm(folder, { recursive: true });
  });
});

describe('A portal that is not built', () => {
  it('says so, and keeps nothing else from working', async () => {
    const server = fastify();
    await addPortalRoutes(server, { folder: join(tmpdir(), 'no-portal-here') });
    const { statusCode, body } = await server.inject('/profile');
    expect(statusCode).toBe(503);
    expect(body).toContain('npm run build');
    await server.close();
  });
});
