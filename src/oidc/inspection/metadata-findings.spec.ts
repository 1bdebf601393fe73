import { describe, expect, it } from '@jest/globals';
import { metadataFindings } from './metadata-findings.js';

const settings = { scopes: ['openid'], groupsKeptHours: 24, userClaim: null, logout: false };

describe(metadataFindings, () => {
  it.each([
    ['groups', 'groups'],
    ['realm_access', 'realm_access.roles'],
    ['https://x.example/groups', 'https://x.example/groups'],
    ['https://x.example/app', 'https://x.example/app.roles'],
    ['https://x.example/app', '/https:~1~1x.example~1app/roles'],
  ])('finds the published claim %s by the name %s', (published, groupsClaim) => {
    const findings = metadataFindings({ claims_supported: ['sub', published] }, { ...settings, groupsClaim });
    expect(findings.GROUPS_CLAIM?.status).toBe('PASSED');
    const others = metadataFindings({ claims_supported: ['sub', 'https://y'] }, { ...settings, groupsClaim });
    expect(others.GROUPS_CLAIM?.status).toBe('WARNING');
  });
});
