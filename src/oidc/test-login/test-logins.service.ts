import { Injectable } from '@nestjs/common';
import { AccessCheck } from '../../access/access-check.js';
import type { HttpExchange, MooringRequest } from '../../access/access.decorators.js';
import { actorOf, AuditOutcome, AuditService, outcomeOf } from '../../audit/index.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { Clock } from '../../common/runtime/clock.js';
import { SessionNote, SessionNotes } from '../../sessions/index.js';
import type { OidcSettings } from '../../settings/oidc-settings.schema.js';
import { callbackAnswerOf } from '../index.js';
import { TestLoginExchange } from './test-login-exchange.service.js';
import { TestLoginNeedsSession, TestLoginUnknown } from './test-login.errors.js';
import {
  beginTestLogin,
  isTestLoginState,
  parsedTestLogin,
  SentTestLogin,
  storedTestLogin,
  TestLogin,
  TestLoginProblem,
} from './test-login.js';

/** How long a test login may take, and how long its result can be read. */
const TEST_LOGIN_SECONDS = 10 * 60;

/** How a test login ended, for the audit log. */
type Outcome = ReturnType<typeof outcomeOf>;

/** A test login that has begun. */
export interface BegunTestLogin {
  readonly id: string;
  /** The URL at the provider to which the administrator's browser goes. */
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Test logins: an administrator logs in at the provider with settings that need not be in force, and sees what Mooring would
 * see of them. Each is sealed in the row of the administrator's session, which stays as it is; nobody is logged in by it, and
 * nothing of it is stored with a user.
 */
@Injectable()
export class TestLogins {
  constructor(
    private readonly notes: SessionNotes,
    private readonly exchange: TestLoginExchange,
    private readonly access: AccessCheck,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a test login in the session of this browser, in place of a former one.
   *
   * @throws {TestLoginNeedsSession} if the request has no session
   * @throws {OidcNotConfigured} if a setting is missing
   * @throws {ProviderUnavailable} {@link ProviderError} if the provider does not answer, or can't be used
   */
  async begin(request: MooringRequest, oidc: OidcSettings): Promise<BegunTestLogin> {
    const session = await this.notes.sessionOf(request);
    if (session === null) throw new TestLoginNeedsSession();
    const expiresAt = this.clock.secondsFromNow(TEST_LOGIN_SECONDS);
    const login = beginTestLogin(oidc, expiresAt);
    const url = await this.exchange.urlFor(login);
    await this.access.demandAgain(request, 'ADMIN_IN_PERSON');
    if (!(await this.notes.write(session, storedTestLogin(login), expiresAt))) throw new TestLoginNeedsSession();
    return { id: login.id, url, expiresAt };
  }

  /**
   * Ends the test login that the provider has sent back, and keeps its result for ten minutes. A login that fails is a result
   * too.
   *
   * @returns null, or the URL at the provider if the login begins again by itself
   * @throws {TestLoginUnknown} if it is not that of this browser's session
   */
  async finish({ request }: Pick<HttpExchange, 'request'>): Promise<string | null> {
    const { note: sent, login } = await this.waiting(request);
    // It still waits for its result, and takes no second answer.
    const note = await this.notes.replace(sent, storedTestLogin({ ...login, state: null }));
    if (note === null) throw new TestLoginUnknown('the test login was used before');
    const result = await this.result(request, login).catch(async (error: unknown) => {
      await this.notes.take(note);
      throw error;
    });
    if ('again' in result) {
      await this.keep(note, result.again);
      return result.url;
    }
    const expiresAt = this.clock.secondsFromNow(TEST_LOGIN_SECONDS).getTime();
    await this.keep(note, { kind: 'FINISHED', id: login.id, ...result, expiresAt }).catch(async (error: unknown) => {
      await this.note(request, outcomeOf(error));
      throw error;
    });
    await this.note(request, outcomeIn(result.problem));
    return null;
  }

  /** The test login with this id, or null if the session of this browser has it no more. A result is read once. */
  async read(request: MooringRequest, id: string): Promise<TestLogin | null> {
    const found = await this.current(request);
    if (found?.login.id !== id) return null;
    if (found.login.kind === 'WAITING') return found.login;
    return (await this.notes.take(found.note)) ? found.login : null;
  }

  private async result(request: MooringRequest, login: SentTestLogin) {
    const result = await this.exchange.resultOf(login, callbackAnswerOf({ request }));
    await this.access.demandAgain(request, 'ADMIN_IN_PERSON');
    return result;
  }

  private async keep(note: SessionNote, login: TestLogin): Promise<void> {
    if (!(await this.notes.replace(note, storedTestLogin(login), new Date(login.expiresAt))))
      throw new TestLoginUnknown('it was replaced meanwhile', 'it was replaced, or its session has ended, meanwhile');
  }

  private async note(request: MooringRequest, outcome: Outcome): Promise<void> {
    await this.audit.write({
      action: 'oidc_provider.test_login_end',
      ...{ actor: actorOf(request.principal ?? null), target: null, ...outcome },
      ...{ remoteAddress: clientAddressOf(request), requestId: request.id },
    });
  }

  private async waiting(request: MooringRequest): Promise<{ note: SessionNote; login: SentTestLogin }> {
    const { state } = request.query as { readonly state?: unknown };
    if (!isTestLoginState(state)) throw new TestLoginUnknown('no usable state');
    const found = await this.current(request);
    if (found?.login.kind !== 'WAITING' || found.login.state !== state) {
      throw new TestLoginUnknown('the state is not that of a test login of this session');
    }
    await this.access.demandAgain(request, 'ADMIN_IN_PERSON');
    return { note: found.note, login: { ...found.login, state } };
  }

  private async current(request: MooringRequest): Promise<{ note: SessionNote; login: TestLogin } | null> {
    const note = await this.notes.of(request);
    if (note === null) return null;
    const login = parsedTestLogin(note.text);
    if (login.expiresAt > this.clock.now().getTime()) return { note, login };
    await this.notes.take(note);
    return null;
  }
}

function outcomeIn(problem: TestLoginProblem | null): Outcome {
  return problem === null
    ? { outcome: AuditOutcome.SUCCEEDED, reason: null }
    : { outcome: AuditOutcome.REFUSED, reason: problem.code };
}
