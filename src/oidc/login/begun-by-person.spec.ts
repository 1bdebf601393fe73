import { describe, expect, it } from '@jest/globals';
import { isBegunByPerson } from './begun-by-person.js';

describe(isBegunByPerson, () => {
  it.each<[string, Record<string, string>]>([
    ['a browser without these headers, or a tool', {}],
    ['a link of the portal', { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-origin' }],
    ['a link of another site', { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' }],
    ['the way back from the provider', { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' }],
    ['a bookmark, or a typed address', { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }],
    ['a service worker of the portal', { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }],
    ['an extension on behalf of the person', { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'none' }],
  ])('is true for %s', (_what, headers) => {
    expect(isBegunByPerson(headers)).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['an image of another site', { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' }],
    ['an image of a neighbouring host', { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'same-site' }],
    ['a frame of another site', { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }],
    ['a script of another site that fetches', { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'cross-site' }],
    ['a link that is prefetched', { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch;prerender' }],
    ['a link that is prefetched by an older browser', { purpose: 'prefetch' }],
  ])('is false for %s', (_what, headers) => {
    expect(isBegunByPerson(headers)).toBe(false);
  });
});
