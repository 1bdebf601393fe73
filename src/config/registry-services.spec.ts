import { describe, expect, it } from '@jest/globals';
import { InvalidEnvironment, readEnvironment } from './env.js';

const servicesOf = (list: string) => readEnvironment({ REGISTRY_SERVICES: list }).registryServices;
const problemsOf = (variables: Record<string, string>) => {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    return (error as InvalidEnvironment).problems;
  }
};
const leaf = (name: string) => ({ name, hasOwnCertificate: false });
const own = (name: string) => ({ name, hasOwnCertificate: true });

describe('The services of registries', () => {
  it('are the one of REGISTRY_SERVICE where no list is set', () => {
    expect(readEnvironment({}).registryServices).toEqual([leaf('registry')]);
    const { registryService, registryServices } = readEnvironment({ REGISTRY_SERVICE: 'a,b;key=certificate' });
    expect([registryService, registryServices]).toEqual(['a,b;key=certificate', [leaf('a,b;key=certificate')]]);
    expect(readEnvironment({ REGISTRY_SERVICE: '', REGISTRY_SERVICES: 'a' }).registryService).toBe('a');
    expect(readEnvironment({ REGISTRY_SERVICE: 'a', REGISTRY_SERVICES: '' }).registryService).toBe('a');
  });

  it.each([
    ['registry', [leaf('registry')]],
    ['a,b', [leaf('a'), leaf('b')]],
    [' a ,\tDocker registry ', [leaf('a'), leaf('Docker registry')]],
    ['registry,zot;key=certificate', [leaf('registry'), own('zot')]],
    ['zot ; key=certificate , Zot', [own('zot'), leaf('Zot')]],
    ['zot.example.com:5000;key=certificate', [own('zot.example.com:5000')]],
    ['My zot;key=certificate', [own('My zot')]],
    ['https://registry.example.com/v2', [leaf('https://registry.example.com/v2')]],
    ['a=b', [leaf('a=b')]],
    [`${'a'.repeat(255)},${'b'.repeat(255)};key=certificate`, [leaf('a'.repeat(255)), own('b'.repeat(255))]],
  ])('are read from the list %j', (list, services) => {
    expect(servicesOf(list)).toEqual(services);
  });

  it('have the first one as the service of a request that names none', () => {
    expect(readEnvironment({ REGISTRY_SERVICES: 'b,a' }).registryService).toBe('b');
  });

  it.each([
    ['a,', /separated by commas/],
    [',a', /separated by commas/],
    ['a,,b', /separated by commas/],
    [' ', /separated by commas/],
    [';key=certificate', /separated by commas/],
    ['a"b', /separated by commas/],
    ['a\\b', /separated by commas/],
    ['a\nb', /separated by commas/],
    ['größe', /separated by commas/],
    ['a'.repeat(256), /separated by commas/],
    ['a,b,a', /only once/],
    ['a,a;key=certificate', /only once/],
    ['a;key=leaf', /only one option/],
    ['a;key', /only one option/],
    ['a;', /only one option/],
    ['a;KEY=certificate', /only one option/],
    ['a;key=certificate;key=certificate', /only one option/],
    ['..;key=certificate', /part of a URL/],
    ['a/b;key=certificate', /part of a URL/],
    ['a%2fb;key=certificate', /part of a URL/],
    ['a?next;key=certificate', /part of a URL/],
    [`${'a'.repeat(256)};key=certificate`, /separated by commas/],
    ['.zot;key=certificate', /part of a URL/],
    [Array.from({ length: 51 }, (_, index) => `r${index}`).join(), /at most 50/],
  ])('are refused at the start where the list is %j', (list, problem) => {
    const problems = problemsOf({ REGISTRY_SERVICES: list });
    expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
    for (const one of problems) expect(one).toMatch(/^REGISTRY_SERVICES (must|takes) /);
  });

  it('are refused where both variables are set, with that as one of all problems', () => {
    expect(problemsOf({ REGISTRY_SERVICE: 'a', REGISTRY_SERVICES: 'a', PORT: 'x' })).toEqual([
      expect.stringMatching(/^PORT/),
      'REGISTRY_SERVICES and REGISTRY_SERVICE are both set: set only one of them.',
    ]);
  });
});
