import { describe, expect, it } from '@jest/globals';
import { MOST_NAMES, takenFromOpenFolders, wideFaces } from '../tools/check/faces.js';

const named = (count: number) => Array.from({ length: count }, (_, index) => `Name${index}`).join(', ');

describe(wideFaces, () => {
  it('lets a face give twelve names', () => {
    const text = `export { ${named(MOST_NAMES - 1)} } from './one.js';\nexport type { Other } from './other.js';\n`;
    expect(wideFaces([{ path: 'src/users/index.ts', text }])).toEqual([]);
  });

  it('finds a face that gives more', () => {
    const text = `export { ${named(MOST_NAMES)} } from './one.js';\nexport type { Other } from './other.js';\n`;
    expect(wideFaces([{ path: 'src/users/index.ts', text }])).toEqual([
      'src/users/index.ts:1: gives 13 names, at most 12 may be',
    ]);
  });

  it('counts nothing that a face imports for a list of its own', () => {
    const text = `import { ${named(MOST_NAMES + 1)} } from './one.js';\nexport const ALL = [];\n`;
    expect(wideFaces([{ path: 'src/database/migrations/index.ts', text }])).toEqual([]);
  });

  it('counts no file but a face', () => {
    const text = `import { ${named(MOST_NAMES + 1)} } from './one.js';\n`;
    expect(wideFaces([{ path: 'src/users/users.service.ts', text }])).toEqual([]);
  });
});

describe(takenFromOpenFolders, () => {
  it('names what others take from folders without a face, once each', () => {
    const files = [
      { path: 'src/users/one.ts', text: "import { Clock } from '../common/runtime/clock.js';\n" },
      { path: 'src/users/other.ts', text: "import { Clock as Time } from '../common/runtime/clock.js';\n" },
      { path: 'src/common/runtime/clock.ts', text: "import { Inner } from './inner.js';\n" },
      { path: 'src/users/third.ts', text: "import { Groups } from '../groups/index.js';\n" },
    ];
    expect([...takenFromOpenFolders(files)]).toEqual([['src/common/runtime', ['Clock']]]);
  });
});
