import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providerStore } from '../demo/openid-provider-store.js';

interface Adapter {
  upsert(id: string, payload: object, expiresInSeconds?: number): void;
  find(id: string): { consumed?: number } | undefined;
  findByUid(uid: string): object | undefined;
  consume(id: string): void;
  destroy(id: string): void;
  revokeByGrantId(grantId: string): void;
}

describe(providerStore.name, () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'mooring-store-')), 'provider', 'store.jsonl');
  });
  afterEach(() => rmSync(join(file, '../..'), { recursive: true }));

  const open = (model: string) => providerStore(file)(model) as Adapter;

  it('hands everything on to the next one: what is there, what was used, and what has gone', () => {
    const tokens = open('RefreshToken');
    for (const id of ['kept', 'used', 'gone', 'revoked']) tokens.upsert(id, { grantId: `of ${id}` }, 60);
    tokens.consume('used');
    tokens.destroy('gone');
    tokens.revokeByGrantId('of revoked');
    const next = open('RefreshToken');
    expect(next.find('kept')).toEqual({ grantId: 'of kept' });
    expect(next.find('used')?.consumed).toEqual(expect.any(Number));
    expect([next.find('gone'), next.find('revoked')]).toEqual([undefined, undefined]);
    expect(open('AccessToken').find('kept')).toBeUndefined();
  });

  it('finds a session by its uid in the next one, and gives nothing that has expired', () => {
    open('Session').upsert('id', { uid: 'of browser' });
    expect(open('Session').findByUid('of browser')).toEqual({ uid: 'of browser' });
    open('Session').upsert('late', { uid: 'late' }, -1);
    expect(open('Session').find('late')).toBeUndefined();
    open('Session');
    expect(readFileSync(file, 'utf8')).not.toContain('late');
  });

  it('goes on after a line that was cut off, and keeps secrets from other users of the machine', () => {
    open('RefreshToken').upsert('kept', { n: 1 });
    appendFileSync(file, '{"key":"RefreshToken:half","entry":{"pay');
    const next = open('RefreshToken');
    next.upsert('another', { n: 2 });
    expect(open('RefreshToken').find('kept')).toEqual({ n: 1 });
    expect(open('RefreshToken').find('another')).toEqual({ n: 2 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps nothing without a file', () => {
    (providerStore()('Session') as Adapter).upsert('id', {});
    expect((providerStore()('Session') as Adapter).find('id')).toBeUndefined();
  });
});
