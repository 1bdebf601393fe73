import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import {
  bundleOf,
  CHAIN_CASES,
  ChainCase,
  NamedCertificates,
  namedCertificates,
  testedLines,
} from '../../../test/support/odd-chains.js';

const NOT_FOUND: RequestListener = (_request, response) => void response.writeHead(404).end();

let certificates: NamedCertificates;
let server: Server | undefined;

beforeAll(async () => (certificates = await namedCertificates()));
afterEach(() => void server?.close());

async function listening({ served, maxVersion }: ChainCase): Promise<string> {
  const old = maxVersion && { minVersion: maxVersion, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' };
  const secure = () => createTlsServer({ ...bundleOf(served, certificates), ...old }, NOT_FOUND);
  server = served.length === 0 ? createServer(NOT_FOUND) : secure();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

describe('The certificate line of the provider test', () => {
  it.each(CHAIN_CASES)('tells what it is: $id', async (one) => {
    const { reachable, tls } = await testedLines(await listening(one), one, certificates);
    expect([reachable.status, tls.status]).toEqual(['PASSED', one.remedy === undefined ? 'PASSED' : 'FAILED']);
    expect(tls.detail).toContain(one.detail);
    if (one.remedy !== undefined) expect(tls.remedy).toContain(one.remedy);
  });
});
