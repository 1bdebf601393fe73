import { describe, expect, it } from '@jest/globals';
import { basicCredentials } from './basic-credentials.js';

const headerOf = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;
const read = (header: string) => {
  const credentials = basicCredentials(header);
  return credentials && [credentials.username, credentials.secret.reveal()];
};

describe(basicCredentials.name, () => {
  it.each([
    ['lin:secret', ['lin', 'secret']],
    ['lin:a:b:', ['lin', 'a:b:']],
    ['Zoë:pässwörd', ['Zoë', 'pässwörd']],
    [':', ['', '']],
  ])('reads %j', (text, credentials) => {
    expect(read(headerOf(text))).toEqual(credentials);
  });

  it('takes the scheme in any case, and more than one blank after it', () => {
    const [, encoded = ''] = headerOf('lin:secret').split(' ');
    expect(read(`bAsIc   ${encoded} `)).toEqual(['lin', 'secret']);
  });

  it.each([
    ...['', 'Basic', 'Basic ', 'Basic !!!', 'Bearer bGluOnNlY3JldA==', 'Basic bGluOnNlY3JldA== bGlu', 'Basic bGlu_-=='],
    ...[headerOf('no colon'), headerOf(Buffer.from([0xff, 0x3a, 0x61])), headerOf(`lin:${'a'.repeat(8192)}`)],
  ])('is null for the malformed header %j', (header) => {
    expect(basicCredentials(header)).toBeNull();
  });
});
