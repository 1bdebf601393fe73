import { Person } from './openid-provider.js';

/** Who can log in at the demo provider. */
export const PEOPLE: readonly Person[] = [
  {
    subject: 'sub-lin',
    username: 'lin',
    name: 'Lin Chen',
    email: 'lin@example.com',
    groups: ['crew', 'mooring-admins'],
  },
  { subject: 'sub-sam', username: 'sam', name: 'Sam Okoye', email: 'sam@example.com', groups: 'crew' },
  { subject: 'sub-ada', username: 'ada', name: 'Ada Berg', email: 'ada@example.com' },
];
