import { changesBetween } from '../audit/changes/index.js';
import type { AuditLabelSource, AuditTargets } from '../audit/index.js';
import type {
  CreateServiceTokenPayload,
  DeleteServiceTokenInput,
  DeleteServiceTokenPayload,
} from './service-token.inputs.js';

/** Where the audit log reads the names of service tokens. */
export const SERVICE_TOKEN_LABEL: AuditLabelSource = { type: 'service_token', table: 'service_tokens', column: 'name' };

/** For calls that create a service token. */
export const createdServiceTokenTarget: AuditTargets<unknown, CreateServiceTokenPayload> = {
  ofPayload: ({ serviceToken: { id, name } }) => ({ type: 'service_token', id, label: name }),
  changesOf: ({ serviceToken: { name, role, expiresAt } }) => changesBetween(null, { name, role, expiresAt }),
};

/** For calls that delete the service token of their input. */
export const deletedServiceTokenTarget: AuditTargets<DeleteServiceTokenInput, DeleteServiceTokenPayload> = {
  ofInput: ({ serviceTokenId }) => ({ type: 'service_token', id: serviceTokenId }),
  changesOf: ({ deleted: { name, role, expiresAt } }) => changesBetween({ name, role, expiresAt }, null),
};
