import { FirstTables1790000000000 } from './1790000000000-first-tables.js';
import { Administration1790100000000 } from './1790100000000-administration.js';
import { FoldedEmail1790200000000 } from './1790200000000-folded-email.js';
import { TokenLife1790300000000 } from './1790300000000-token-life.js';
import { Registry1790500000000 } from './1790500000000-registry.js';
import { GuessCounts1790600000000 } from './1790600000000-guess-counts.js';
import { BackchannelLogout1790700000000 } from './1790700000000-backchannel-logout.js';
import { KeptGroups1790900000000 } from './1790900000000-kept-groups.js';
import { OwnersOfCounts1791000000000 } from './1791000000000-owners-of-counts.js';
import { NameSkeletons1791100000000 } from './1791100000000-name-skeletons.js';
import { UnclearGrants1791200000000 } from './1791200000000-unclear-grants.js';
import { LoginTimes1791300000000 } from './1791300000000-login-times.js';
import { RefreshSlots1791400000000 } from './1791400000000-refresh-slots.js';
import { SecondRounds1791400000001 } from './1791400000001-second-rounds.js';
import { ProviderTest1791500000000 } from './1791500000000-provider-test.js';
import { RemovedUsers1791600000000 } from './1791600000000-removed-users.js';
import { FormerNames1791600000001 } from './1791600000001-former-names.js';
import { ClientKeys1791700000000 } from './1791700000000-client-keys.js';
import { LogoutEndsGrants1791700000100 } from './1791700000100-logout-ends-grants.js';
import { RegistryServices1791700000200 } from './1791700000200-registry-services.js';
import { IdentityRequests1791700000300 } from './1791700000300-identity-requests.js';
import { UserWords1791800000000 } from './1791800000000-user-words.js';
import { GrantsInQuestion1791900000000 } from './1791900000000-grants-in-question.js';
import { SessionNotes1791900000100 } from './1791900000100-session-notes.js';
import { NoteEnds1791900000200 } from './1791900000200-note-ends.js';
import { AuditChanges1792000000000 } from './1792000000000-audit-changes.js';
import { AuditDeliveries1792000000100 } from './1792000000100-audit-deliveries.js';
import { FixedDigests1792000000200 } from './1792000000200-fixed-digests.js';
import { UniqueMigrations1792100000000 } from './1792100000000-unique-migrations.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  FirstTables1790000000000,
  Administration1790100000000,
  FoldedEmail1790200000000,
  TokenLife1790300000000,
  Registry1790500000000,
  GuessCounts1790600000000,
  BackchannelLogout1790700000000,
  KeptGroups1790900000000,
  OwnersOfCounts1791000000000,
  NameSkeletons1791100000000,
  UnclearGrants1791200000000,
  LoginTimes1791300000000,
  RefreshSlots1791400000000,
  SecondRounds1791400000001,
  ProviderTest1791500000000,
  RemovedUsers1791600000000,
  FormerNames1791600000001,
  ClientKeys1791700000000,
  LogoutEndsGrants1791700000100,
  RegistryServices1791700000200,
  IdentityRequests1791700000300,
  UserWords1791800000000,
  GrantsInQuestion1791900000000,
  SessionNotes1791900000100,
  NoteEnds1791900000200,
  AuditChanges1792000000000,
  AuditDeliveries1792000000100,
  FixedDigests1792000000200,
  UniqueMigrations1792100000000,
];
