import type { AuditLabelSource, AuditTargets } from '../audit/index.js';
import type { CreateServiceTokenPayload, DeleteServiceTokenInput } from './service-token.inputs.js';

/** Where the audit log reads the names of service tokens. */
export const SERVICE_TOKEN_LABEL: AuditLabelSource = { type: 'service_token', table: 'service_tokens', column: 'name' };

/** For calls that create a service token. */
export const createdServiceTokenTarget: AuditTargets<unknown, CreateServiceTokenPayload> = {
  ofPayload: ({ serviceToken: { id, name } }) => ({ type: 'service_token', id, label: name }),
};

/** For calls that delete the service token of their input. */
export const deletedServiceTokenTarget: AuditTargets<DeleteServiceTokenInput, unknown> = {
  ofInput: ({ serviceTokenId }) => ({ type: 'service_token', id: serviceTokenId }),
};
