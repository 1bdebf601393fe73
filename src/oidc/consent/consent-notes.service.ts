import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditActorKind, AuditEntry, AuditOutcome, AuditService, outcomeOf } from '../../audit/index.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { Metrics } from '../../health/index.js';
import { ProviderFactsService } from '../../provider-facts/index.js';
import { CurrentProvider } from '../index.js';
import { isPassing } from '../provider/index.js';
import type { ConsentRound } from './consent-round.js';

/**
 * The result of a round. LOGIN_CHANGED: the grant has ended, is of another login, or has a refresh token by now. An error:
 * the provider refused, or did not answer, or the answer can't be used.
 */
export type RoundResult = 'ADDED' | 'NO_REFRESH_TOKEN' | 'OTHER_PERSON' | 'LOGIN_CHANGED' | DomainError;

/** The attempt was used before, is too old, or began under other settings. */
const TOO_LATE = 'FORBIDDEN';
/** The provider gave no refresh token, refused, or sent something else than tokens; or the person refused there. */
const WITHOUT = new Set(['NO_REFRESH_TOKEN', 'PROVIDER_ERROR', 'LOGIN_DENIED']);

/** Notes the rounds and what came of them: in the audit log, in the metrics, and for the next rounds. */
@Injectable()
export class ConsentNotes {
  private readonly logger = new Logger(ConsentNotes.name);

  constructor(
    private readonly audit: AuditService,
    private readonly metrics: Metrics,
    private readonly facts: ProviderFactsService,
    private readonly provider: CurrentProvider,
  ) {}

  /** Notes that a person is asked. */
  async asked(request: FastifyRequest, userId: string): Promise<void> {
    this.metrics.consentRound('ASKED');
    const succeeded = { outcome: AuditOutcome.SUCCEEDED, reason: null };
    await this.audit.write({ action: 'refresh_token.ask', ...eventOf(request, userId), ...succeeded });
  }

  /** Notes the result. A person who got no refresh token from the provider counts; one for whom it did not answer does not. */
  async ended(request: FastifyRequest, { userId, revision }: ConsentRound, result: RoundResult): Promise<void> {
    const code = result instanceof DomainError ? result.code : result;
    this.metrics.consentRound(code === TOO_LATE ? 'TOO_LATE' : code);
    // Not audited: a browser can repeat it as often as it likes.
    if (code === TOO_LATE) return;
    if (result instanceof DomainError) {
      this.logger.warn({ reason: code, detail: result.detail }, 'The provider was asked for a refresh token in vain.');
    }
    if (WITHOUT.has(code) && !isPassing(result)) {
      await this.facts.noteWithoutRefreshToken(this.provider.fingerprint(), revision, userId);
    }
    await this.audit.write({ action: 'refresh_token.add', ...eventOf(request, userId), ...auditedOutcomeOf(result) });
  }
}

function auditedOutcomeOf(result: RoundResult): Pick<AuditEntry, 'outcome' | 'reason' | 'detail'> {
  if (result instanceof DomainError) return outcomeOf(result);
  return result === 'ADDED'
    ? { outcome: AuditOutcome.SUCCEEDED, reason: null }
    : { outcome: AuditOutcome.REFUSED, reason: result };
}

function eventOf(request: FastifyRequest, id: string) {
  return {
    actor: { kind: AuditActorKind.USER, id },
    target: { type: 'user', id },
    ...{ remoteAddress: clientAddressOf(request), requestId: request.id },
  };
}
