import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { Certified, selfSignedServer, TestAuthority } from '../../../test/support/certificates.js';
import { boundedFetch } from './bounded-fetch.js';
import { ownListsInWords } from '../../common/network/trusted-certificates.js';

interface Chain {
  readonly root: TestAuthority;
  readonly intermediate: TestAuthority;
  readonly server: Certified;
}

let chain: Chain;
const servers: Server[] = [];

beforeAll(async () => {
  const root = await TestAuthority.root();
  const intermediate = await root.intermediate();
  chain = { root, intermediate, server: await intermediate.forServer() };
});

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function asked(cert: string, key: string, caCertificates: string | null): Promise<string> {
  const server = createServer({ cert, key }, (_request, response) => response.end('hello'));
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { fetch, close } = boundedFetch({ verifyCertificate: true, caCertificates });
  try {
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return await (await fetch(url, { method: 'GET', headers: {} })).text();
  } finally {
    await close();
  }
}

const pastedTogether = ({ root, intermediate }: Chain) => root.cert.trim() + intermediate.cert.trim();

describe('A certificate of the provider', () => {
  it.each<[string, string, (of: Chain) => string]>([
    ['the root', 'the whole chain', ({ root }) => root.cert],
    ['the intermediate', 'the whole chain', ({ intermediate }) => intermediate.cert],
    ['the intermediate', 'its own certificate', ({ intermediate }) => intermediate.cert],
    ['both', 'its own certificate', ({ root, intermediate }) => root.cert + intermediate.cert],
    ['both without a line break between them', 'its own certificate', pastedTogether],
    ['an indented one', 'the whole chain', ({ root }) => root.cert.replace(/^/gm, '  ')],
    ['its own certificate', 'its own certificate', ({ server }) => server.cert],
  ])('is trusted by %s, where the provider sends %s', async (_given, sent, given) => {
    const { server, intermediate } = chain;
    const cert = sent === 'the whole chain' ? server.cert + intermediate.cert : server.cert;
    expect(await asked(cert, server.key, given(chain))).toBe('hello');
  });

  it('that is self-signed is trusted where it is given, and nowhere else', async () => {
    const { cert, key } = await selfSignedServer('localhost');
    const other = await selfSignedServer('localhost');
    await expect(asked(cert, key, other.cert)).rejects.toThrow('not trusted');
    await expect(asked(cert, key, null)).rejects.toThrow('not trusted');
  });

  it('is not trusted by an intermediate of another root, nor by the one that was trusted before', async () => {
    const { server, intermediate, root } = chain;
    const other = await (await TestAuthority.root()).intermediate();
    expect(await asked(server.cert + intermediate.cert, server.key, root.cert)).toBe('hello');
    await expect(asked(server.cert + intermediate.cert, server.key, other.cert)).rejects.toThrow('not trusted');
    await expect(asked(server.cert + intermediate.cert, server.key, null)).rejects.toThrow('not trusted');
  });
});

describe(ownListsInWords, () => {
  it('says that the system is among them only where Node can read its store', () => {
    expect(ownListsInWords({ getCACertificates: () => [] })).toMatch(/Node \d+\.\d+\.\d+ brings, and the system's$/);
    expect(ownListsInWords({})).toContain("the system's is read from Node 22.15 on");
  });
});
