import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { AUDITED, AuditedHandler } from '../src/audit/audit.interceptor.js';
import { Access, ACCESS } from '../src/access/access.decorators.js';
import { TestApp } from './support/app.js';

const NAMES_OF_HANDLERS = ['graphql:resolver_type', 'path'];

interface Handler {
  readonly name: string;
  readonly kind: string | undefined;
  readonly access: Access | undefined;
  readonly action: string | undefined;
}

/** Every handler of GraphQL and HTTP, with who may call it and how that is written down. */
function handlersOf(app: TestApp): Handler[] {
  const scanner = new MetadataScanner();
  const instances = [...app.nest.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
    ...module.providers.values(),
  ]);
  const types = new Set(instances.map(({ metatype }) => metatype).filter((type) => typeof type === 'function'));
  return [...types].flatMap((type) => {
    const prototype = type.prototype as Record<string, object> | undefined;
    if (!prototype) return [];
    return scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method]!;
      const isHandler = NAMES_OF_HANDLERS.some((key) => Reflect.hasMetadata(key, handler));
      const kind = Reflect.getMetadata('graphql:resolver_type', handler) as string | undefined;
      if (!isHandler || (kind !== undefined && !['Query', 'Mutation'].includes(kind))) return [];
      const access = (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, type)) as Access | undefined;
      const audited = Reflect.getMetadata(AUDITED, handler) as AuditedHandler | undefined;
      return [{ name: `${type.name}.${method}`, kind, access, action: audited?.action }];
    });
  });
}

describe('Entrances', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('say each who may come in', () => {
    expect(handlersOf(app).filter(({ access }) => access === undefined)).toEqual([]);
  });

  it('that change something write to the audit log what they did', () => {
    const mutations = handlersOf(app).filter(({ kind }) => kind === 'Mutation');
    expect(mutations.length).toBeGreaterThan(15);
    expect(mutations.filter(({ action }) => action === undefined)).toEqual([]);
  });

  it('that are open to everybody are these', () => {
    const open = handlersOf(app).filter(({ access }) => access === 'ANYBODY');
    expect(open.map(({ name }) => name).sort()).toEqual([
      'AccountRequestResolver.requestAccount',
      'BackchannelLogoutController.receive',
      'ClientKeysController.publish',
      'FrontchannelLogoutController.receive',
      'LoginOptionsResolver.loginOptions',
      'LoginResolver.login',
      'LoginResolver.me',
      'LogoutResolver.logout',
      'OidcLoginController.begin',
      'OidcLoginController.callback',
      'OnboardingResolver.onboard',
      'OnboardingResolver.pendingOnboarding',
      'OnboardingResolver.usernameAvailability',
      'RegistrationResolver.register',
      'RpInitiatedLogoutController.finish',
      'RpInitiatedLogoutController.send',
      'SecretRulesResolver.secretRules',
    ]);
  });

  // What protects each: /metrics asks for a METRICS or ADMIN token itself; what the others tell is public.
  it('beside those are plain routes, which tell nothing that is not public', () => {
    const routes = app.nest.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const paths = routes
      .split('\n')
      .map((line) => /[├└]── (\S+)/.exec(line)?.[1])
      .filter((path) => path !== undefined);
    expect(paths.sort()).toEqual(
      // The pages and their parts, as the router splits them.
      [
        '*',
        '/',
        'administration',
        'assets/:name',
        'logged-in',
        'mark.svg',
        'onboarding',
        'profile',
        'register',
        'style.css',
        'test-login',
      ]
        .concat([
          'c/oidc/backchannel-logout',
          'c/oidc/callback',
          'c/oidc/frontchannel-logout',
          'c/oidc/logged-out',
          'c/oidc/login',
          'c/oidc/logout-form',
          'graphql',
          'health/forwarding',
          'health/live',
          'health/ready',
          'metrics',
          'oidc/client-jwks.json',
        ])
        // The star is service/certificate/*.
        .concat(['service/token', 'service/certificate', '*', '.well-known/jwks.json'])
        .sort(),
    );
  });
});
