import { Injectable } from '@nestjs/common';
import { AccessCheck } from '../access/access-check.js';
import type { MooringRequest } from '../access/access.decorators.js';
import { AuthModeService, ChangedConfiguration, ConfigurationChange } from '../auth-mode/index.js';
import { BadUserInput } from '../common/errors/common.errors.js';
import { UserinfoConfirmation } from '../oidc/refresh/index.js';
import { SettingsService } from '../settings/settings.service.js';

const SETTING = 'oidc.confirmAtUserinfo';
const AFTER_A_LOGIN =
  'can be switched on only after the endpoint and the client ID are saved, and an administrator has logged in with them.';
const WITH_ANOTHER_PROVIDER =
  'must be set to false in the same change, because userinfo of another endpoint or client ID has confirmed nobody yet.';

/** Applies changes of the configuration, after the checks that need the provider. */
@Injectable()
export class ConfigurationChanges {
  constructor(
    private readonly settings: SettingsService,
    private readonly authMode: AuthModeService,
    private readonly confirmation: UserinfoConfirmation,
    private readonly access: AccessCheck,
  ) {}

  /**
   * Applies a change, on every replica from the next request on. `oidc.confirmAtUserinfo` is switched on only after userinfo
   * has confirmed the administrator who saves, because an access token for another resource would be refused for everybody.
   *
   * @throws {BadUserInput} if userinfo does not confirm them, or if the provider changes while the setting is on
   * @throws everything that {@link AuthModeService.change} throws
   */
  async apply(request: MooringRequest, revision: number, change: ConfigurationChange): Promise<ChangedConfiguration> {
    if (this.isConfirmationNeeded(change)) {
      const userId = request.principal?.kind === 'user' ? request.principal.userId : null;
      const problem = await this.confirmation.problemFor(userId);
      if (problem !== null) throw refused(problem);
      await this.access.demandAgain(request, 'ADMIN');
    }
    return this.authMode.change(revision, change);
  }

  private isConfirmationNeeded({ oidc }: ConfigurationChange): boolean {
    if (this.settings.fixedNames().includes(SETTING)) return false;
    const current = this.settings.current().oidc;
    const isAnother = (['endpoint', 'discoveryUrl', 'clientId'] as const).some(
      (name) => oidc?.[name] !== undefined && oidc[name] !== current[name],
    );
    const isSwitchedOn = oidc?.confirmAtUserinfo === true && !current.confirmAtUserinfo;
    if (isSwitchedOn && isAnother) throw refused(AFTER_A_LOGIN);
    const staysOn = current.confirmAtUserinfo && oidc?.confirmAtUserinfo !== false;
    if (staysOn && isAnother) throw refused(WITH_ANOTHER_PROVIDER);
    return isSwitchedOn;
  }
}

function refused(message: string): BadUserInput {
  return BadUserInput.field(SETTING, 'NOT_CONFIRMED', message);
}
