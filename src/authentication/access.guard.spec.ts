import { describe, expect, it } from '@jest/globals';
import { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ForAdmins, ForAdminsInPerson, ForUsers, ForVerifiers, Public } from '../access/access.decorators.js';
import { RefusalAudit } from '../audit/index.js';
import { Principal, ServiceTokenRole } from '../access/principal.js';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsService } from '../settings/settings.service.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';

class Handlers {
  @Public() open() {}
  @ForUsers() people() {}
  @ForAdmins() admins() {}
  @ForAdminsInPerson() adminsInPerson() {}
  @ForVerifiers() verifiers() {}
  undecorated() {}
}

const CALLERS: Record<string, Principal | null> = {
  nobody: null,
  user: { kind: 'user', userId: 'u', isAdmin: false },
  admin: { kind: 'user', userId: 'a', isAdmin: true },
  verifierToken: { kind: 'service', tokenId: 'v', role: ServiceTokenRole.VERIFIER },
  adminToken: { kind: 'service', tokenId: 't', role: ServiceTokenRole.ADMIN },
};

async function mayCall(caller: Principal | null, handler: keyof Handlers): Promise<boolean> {
  const authenticator = { principalOf: () => Promise.resolve(caller) } as unknown as Authenticator;
  const settings = { current: () => ({ authMode: AuthMode.DATABASE }) } as unknown as SettingsService;
  const refusals = { note: () => Promise.resolve() } as unknown as RefusalAudit;
  const guard = new AccessGuard(new Reflector(), authenticator, settings, refusals);
  const context = {
    getType: () => 'http',
    switchToHttp: () => ({ getRequest: () => ({}), getResponse: () => ({}) }),
    getHandler: () => Object.getOwnPropertyDescriptor(Handlers.prototype, handler)?.value as unknown,
    getClass: () => Handlers,
  } as unknown as ExecutionContext;
  return guard.canActivate(context).catch((error: { code: string }) => {
    expect(error.code).toBe(caller ? 'FORBIDDEN' : handler === 'undecorated' ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    return false;
  });
}

describe(AccessGuard.name, () => {
  it.each<[keyof Handlers, string[]]>([
    ['open', ['nobody', 'user', 'admin', 'verifierToken', 'adminToken']],
    ['people', ['user', 'admin']],
    ['admins', ['admin', 'adminToken']],
    ['adminsInPerson', ['admin']],
    ['verifiers', ['verifierToken', 'adminToken']],
    ['undecorated', []],
  ])('lets into a handler that is %s only these: %j', async (handler, allowed) => {
    const answers = await Promise.all(
      Object.entries(CALLERS).map(async ([name, caller]) => ((await mayCall(caller, handler)) ? [name] : [])),
    );
    expect(answers.flat()).toEqual(allowed);
  });
});
