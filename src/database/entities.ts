import { AuditEventRow } from '../audit/audit-event.entity.js';
import { AuditDeliveryRow } from '../audit/delivery/audit-delivery.entity.js';
import { CliSecret } from '../cli-secrets/cli-secret.entity.js';
import { GroupIndexing, Membership } from '../groups/membership.entity.js';
import { UserGroup } from '../groups/user-group.entity.js';
import { ProviderFacts } from '../provider-facts/provider-facts.entity.js';
import { RefreshSlot } from '../provider-facts/refresh-slot.entity.js';
import { ProviderQuestion } from '../provider-questions/provider-question.entity.js';
import { ProviderGrant } from '../grants/provider-grant.entity.js';
import { ClientKey } from '../oidc/client-keys/client-key.entity.js';
import { AccessRule } from '../registry/access-rules/access-rule.entity.js';
import { ServiceKey } from '../registry/keys/service-key.entity.js';
import { SigningKey } from '../registry/keys/signing-key.entity.js';
import { ProviderLogout } from '../provider-logouts/provider-logout.entity.js';
import { SingleUse } from '../single-use/single-use.entity.js';
import { ServiceToken } from '../service-tokens/service-token.entity.js';
import { Session } from '../sessions/session.entity.js';
import { FixedDigest } from '../settings/fixed-digest.entity.js';
import { SettingsRow } from '../settings/settings.entity.js';
import { FailureCount } from '../throttling/failure-count.entity.js';
import { IdentityRequest } from '../users/identities/identity-request.entity.js';
import { User } from '../users/user.entity.js';
import { UserWord, WordIndexing } from '../users/words/user-word.entity.js';

/** Every entity, in an order in which tables refer only to earlier ones. */
export const ENTITIES = [
  AuditEventRow,
  AuditDeliveryRow,
  SettingsRow,
  FixedDigest,
  FailureCount,
  User,
  UserWord,
  WordIndexing,
  IdentityRequest,
  UserGroup,
  Membership,
  GroupIndexing,
  Session,
  ServiceToken,
  SingleUse,
  ProviderLogout,
  ProviderFacts,
  RefreshSlot,
  ProviderQuestion,
  ProviderGrant,
  CliSecret,
  AccessRule,
  SigningKey,
  ClientKey,
  ServiceKey,
];
