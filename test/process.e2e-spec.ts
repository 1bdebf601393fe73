import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CONFIGURATION, CREATE_TOKEN, TOKENS } from './support/documents.js';
import { ServerFolder } from './support/server-folder.js';

interface TokenAnswer {
  readonly data?: { readonly createServiceToken?: object } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

describe('The server', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  it('ends at SIGTERM, and keeps every write that it has acknowledged', async () => {
    const server = await (await folder.start()).ready();
    const password = await folder.adminPassword();
    const writes = Array.from({ length: 20 }, (_, index) =>
      server.ask(password, CREATE_TOKEN, { input: { name: `token ${index}`, role: 'VERIFIER' } }),
    );
    await Promise.all(writes.slice(0, 10));
    const others = Promise.allSettled(writes);
    await server.end('SIGTERM');
    const answered = (await others).flatMap((one) => (one.status === 'fulfilled' ? [one.value as TokenAnswer] : []));
    const acknowledged = answered.filter(({ data }) => data?.createServiceToken).length;
    const refusals = answered.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));
    expect(refusals.filter((code) => code !== 'SERVICE_UNAVAILABLE')).toEqual([]);
    const again = await (await folder.start()).ready();
    const { totalCount } = (await again.ask(password, TOKENS, { first: 1 })).data.serviceTokens;
    expect(totalCount).toBeGreaterThanOrEqual(acknowledged);
    await again.end('SIGTERM');
  });

  it('keeps what it has acknowledged when it is killed', async () => {
    const server = await (await folder.start()).ready();
    const password = await folder.adminPassword();
    await server.ask(password, CREATE_TOKEN, { input: { name: 'kept', role: 'VERIFIER' } });
    await server.end('SIGKILL');
    const again = await (await folder.start()).ready();
    expect((await again.ask(password, TOKENS, { first: 1 })).data.serviceTokens.totalCount).toBe(1);
    await again.end('SIGTERM');
  });

  it('takes a change made by another replica at the next request', async () => {
    const startOne = async () => (await folder.start({ ALLOW_SECOND_SERVER: 'true' })).ready();
    const [one, other] = [await startOne(), await startOne()];
    const password = await folder.adminPassword();
    const update =
      'mutation U($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
    await one.ask(password, update, { input: { revision: 1, patch: { oidc: { name: 'Changed' } } } });
    expect((await other.ask(password, CONFIGURATION)).data.configuration.oidc.name).toBe('Changed');
    await Promise.all([one.end('SIGTERM'), other.end('SIGTERM')]);
  });
});
