import { describe, expect, it } from '@jest/globals';
import { egressInWords, proxyFor } from '../common/network/egress-proxy.js';
import { environmentAdvice } from './environment-advice.js';
import { InvalidEnvironment, readEnvironment } from './env.js';

const PROVIDER = 'https://idp.corp.example/realms/one';

function proxyOf(variables: Record<string, string>, url = PROVIDER): string | null {
  const proxy = proxyFor(new URL(url), readEnvironment(variables).egress);
  return proxy && `${proxy.url.origin} ${proxy.variable}`;
}

describe('The proxy for a provider', () => {
  it.each<[Record<string, string>, string | null]>([
    [{}, null],
    [{ HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128 HTTPS_PROXY'],
    [{ HTTPS_PROXY: ' http://p:3128/ \n' }, 'http://p:3128 HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'p.example:3128' }, 'http://p.example:3128 HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'https://[fd00::1]' }, 'https://[fd00::1] HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2' }, 'http://b:2 https_proxy'],
    [{ HTTPS_PROXY: 'http://a:1', https_proxy: '' }, null],
    [{ HTTP_PROXY: 'http://a:1' }, 'http://a:1 HTTP_PROXY'],
    [{ HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' }, 'http://b:2 HTTPS_PROXY'],
    [{ ALL_PROXY: 'http://a:1' }, null],
    [{ HTTPS_PROXY: 'socks5://a:1', NO_PROXY: '*' }, null],
  ])('is by %j: %s', (variables, proxy) => expect(proxyOf(variables)).toBe(proxy));

  it.each<[string, string, boolean]>([
    ['', PROVIDER, true],
    ['*', PROVIDER, false],
    ['localhost, *', PROVIDER, false],
    ['idp.corp.example', PROVIDER, false],
    ['IDP.Corp.Example.', PROVIDER, false],
    ['corp.example', PROVIDER, false],
    ['.corp.example', PROVIDER, false],
    ['*.corp.example', PROVIDER, false],
    ['p.corp.example', PROVIDER, true],
    ['other.example idp.corp.example:443', PROVIDER, false],
    ['idp.corp.example:8443', PROVIDER, true],
    ['idp.corp.example:8443', 'https://idp.corp.example:8443', false],
    ['corp.example', 'https://idp.corp.example.', false],
    ['10.0.0.0/8', 'https://10.1.2.3:8443', false],
    ['10.0.0.0/8', 'https://11.1.2.3', true],
    ['10.1.2.3', 'https://10.1.2.3', false],
    ['[fd00::1]:443', 'https://[fd00::1]', false],
    ['fd00::1', 'https://[fd00:0:0::1]', false],
    ['fd00::/8', 'https://[fd00::2]', false],
    ['[fd00::]/8', 'https://[fd00::2]', false],
    ['bücher.example', 'https://idp.bücher.example', false],
    ['*.Bücher.example', 'https://idp.xn--bcher-kva.example', false],
    ['xn--bcher-kva.example', 'https://bücher.example', false],
    ['0.0.0.0/0', PROVIDER, true],
    ['.', PROVIDER, true],
    ['10.0.0.0/99,,/,:', PROVIDER, true],
  ])('is left out by NO_PROXY %j for %s: %s', (list, url, isProxied) => {
    const proxied = 'http://p:3128 HTTPS_PROXY';
    expect(proxyOf({ HTTPS_PROXY: 'http://p:3128', NO_PROXY: list }, url)).toBe(isProxied ? proxied : null);
    expect(proxyOf({ HTTPS_PROXY: 'http://p:3128', NO_PROXY: 'x', no_proxy: list }, url)).toBe(
      isProxied ? proxied : null,
    );
  });

  it.each(['https://localhost:8443', 'https://127.0.0.1', 'http://[::1]:1'])(
    'is asked for %s, which is this machine, only where it is on this machine',
    (url) => {
      expect(proxyOf({ HTTP_PROXY: 'http://p:3128' }, url)).toBeNull();
      expect(proxyOf({ HTTP_PROXY: 'http://127.0.0.1:3128' }, url)).toBe('http://127.0.0.1:3128 HTTP_PROXY');
      expect(proxyOf({ HTTP_PROXY: 'http://127.0.0.1:3128', NO_PROXY: 'localhost,127.0.0.1,::1' }, url)).toBeNull();
    },
  );

  it.each([
    ...['nonsense', 'socks5://p:1080', 'ftp://p', 'http://', 'http://p:0', 'http://p:99999', 'http://p/path'],
    ...['http://p?x=1', 'http://p#x', 'http://a b', 'http://p\r\nx', 'http://u:%zz@p', 'p:port', 'not a url'],
  ])('is refused at the start where it is %j, by the name of its variable and without its value', (value) => {
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy']) {
      const start = () => readEnvironment({ [name]: value });
      expect(start).toThrow(InvalidEnvironment);
      expect(start).toThrow(`- ${name} must be`);
    }
  });

  it('has its credentials in no text', () => {
    const { egress } = readEnvironment({ HTTPS_PROXY: 'http://us%40er:p%C3%A4ss%2Fw@p:3128', NO_PROXY: 'x.example' });
    const header = `Basic ${Buffer.from('us@er:päss/w').toString('base64')}`;
    expect(egress.https?.authorization?.reveal()).toBe(header);
    expect(JSON.stringify(egress)).not.toMatch(/us%40er|us@er|ss%2Fw|Basic/);
    expect(egressInWords(egress)).toBe(
      'Requests to the OpenID provider go through the proxy http://p:3128 (HTTPS_PROXY), except to the hosts in NO_PROXY.',
    );
    expect(readEnvironment({ HTTPS_PROXY: 'http://only@p' }).egress.https?.authorization?.reveal()).toBe(
      `Basic ${Buffer.from('only:').toString('base64')}`,
    );
    expect(egressInWords(readEnvironment({}).egress)).toBeNull();
  });

  it('has variables in either case that are no misspellings, and neither are those of other programs', () => {
    const known = ['HTTPS_PROXY', 'http_proxy', 'no_proxy', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'FTP_PROXY'];
    expect(
      environmentAdvice(Object.fromEntries([...known, 'ftp_proxy', 'GOPROXY'].map((name) => [name, 'x']))),
    ).toEqual([]);
    expect(environmentAdvice({ HTTPS_PROXI: 'x' })).toEqual([expect.stringContaining('Was HTTPS_PROXY meant?')]);
  });
});
