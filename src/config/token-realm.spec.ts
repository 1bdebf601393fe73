import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './env.js';
import { realmProblems, tokenRealmOf } from './token-realm.js';

/** Names that this machine does not know, and where they lead. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'mooring.example.com': ['203.0.113.7'],
  'inside.example.com': ['10.0.0.7'],
  'metadata.example.com': ['203.0.113.7', '169.254.169.254'],
};

async function refusersOf(publicUrl: string, registry: string) {
  const environment = readEnvironment({ PUBLIC_URL: publicUrl, REGISTRY_PUBLIC_URL: registry });
  const problems = await realmProblems(environment, (host) => Promise.resolve(NAMES[host] ?? []));
  return problems.map(({ detail }) => ['crane', 'oras'].filter((name) => detail.includes(`${name} `)).join('+'));
}

describe(realmProblems.name, () => {
  it.each([
    ['https://mooring.example.com', 'https://registry.example.com', []],
    ['https://inside.example.com', 'https://registry.example.com', []],
    ['https://unknown.example.com', 'https://registry.example.com', []],
    ['https://tools.example.com/mooring', 'https://tools.example.com', []],
    ['http://mooring.example.com', 'http://registry.example.com:5000', []],
    ['http://mooring.example.com', 'https://registry.example.com', ['crane+oras']],
    ['http://tools.example.com', 'https://tools.example.com', ['crane+oras']],
    ['http://localhost:8080', 'http://localhost:5000', []],
    ['http://localhost:8080', 'http://127.0.0.1:5000', ['oras']],
    ['http://localhost:8080', 'http://registry.example.com', ['oras']],
    ['http://127.0.0.1:8080', 'http://localhost:5000', ['crane', 'oras']],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:5000', ['crane']],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', []],
    ['https://10.0.0.7', 'https://registry.example.com', ['crane']],
    ['https://10.0.0.7:8443', 'https://10.0.0.7', ['crane']],
    ['https://203.0.113.7', 'https://registry.example.com', []],
    ['https://[fd00::7]', 'https://registry.example.com', ['crane']],
    ['https://[fe80::7]', 'https://registry.example.com', ['crane', 'oras']],
    ['https://[::ffff:127.0.0.1]', 'https://registry.example.com', ['crane', 'oras']],
    ['https://metadata.example.com', 'https://registry.example.com', ['oras']],
    ['https://a.example', 'https://a.example, https://b.example', []],
    ['https://localhost', 'https://localhost,https://b.example', ['oras']],
    // No registry is known.
    ['http://localhost:8080', '', []],
    ['https://mooring.example.com', '', []],
    ['http://192.168.1.5:8080', '', ['crane']],
    ['http://169.254.1.5', '', ['crane', 'oras']],
  ])('%s behind %s', async (publicUrl, registry, refusers) => {
    expect(await refusersOf(publicUrl, registry)).toEqual(refusers);
  });

  it('says what to do, and which registry it is about', async () => {
    const registryUrls = [new URL('https://registry.example.com')];
    const [plain] = await realmProblems({ publicUrl: new URL('http://mooring.example.com/'), registryUrls });
    expect(plain?.detail).toContain(
      'refuse http://mooring.example.com as the realm of the registry at https://registry.',
    );
    expect(plain?.remedy).toContain('Set PUBLIC_URL to an https URL');
    const [address] = await realmProblems({ publicUrl: new URL('https://10.0.0.7/'), registryUrls });
    expect(address?.remedy).toContain('one host name and port (examples/nginx/one-host.conf)');
  });
});

describe(tokenRealmOf.name, () => {
  it.each([
    ['https://a.example', 'https://a.example/service/token'],
    ['https://a.example/b', 'https://a.example/b/service/token'],
  ])('of %s is %s', (PUBLIC_URL, realm) => {
    expect(tokenRealmOf(readEnvironment({ PUBLIC_URL }))).toBe(realm);
  });
});

describe('REGISTRY_PUBLIC_URL', () => {
  it.each([
    'registry.example.com',
    'localhost:5000',
    'https://a.example/v2',
    'https://u:p@a.example',
    'https://a.example,',
  ])('is refused with the name of the variable: %s', (REGISTRY_PUBLIC_URL) => {
    expect(() => readEnvironment({ REGISTRY_PUBLIC_URL })).toThrow(
      'REGISTRY_PUBLIC_URL must be an http or https origin',
    );
  });
});
