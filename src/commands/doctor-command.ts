import { Command, CommandRunner, Option } from 'nest-commander';
import { UsageError } from './usage-error.js';

interface GivenOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly registry?: URL;
  readonly registryBundle?: string;
}

/** `mooring doctor`: what is wrong with an installation, and how to fix it. */
@Command({
  name: 'doctor',
  description:
    'Examine the installation: environment, database, keys, disk, provider, addresses, registry and limits. Says what is wrong and how to fix it, and changes nothing. Servers may be running or not.',
})
export class DoctorCommand extends CommandRunner {
  async run(_arguments: string[], { json = false, strict = false, ...questions }: GivenOptions): Promise<void> {
    const { examineInstallation } = await import('./examine-installation.js');
    await examineInstallation({ json, strict, ...questions });
  }

  @Option({ flags: '--json', description: 'Print JSON, in the form of docs/doctor.md.' })
  asJson(): boolean {
    return true;
  }

  @Option({
    flags: '--strict',
    description: 'End with 1 also for warnings, and for what could not be examined.',
  })
  isStrict(): boolean {
    return true;
  }

  @Option({
    flags: '--registry <url>',
    description: 'The URL of a registry: its answer to GET /v2/ is compared with this installation.',
  })
  registryUrl(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : null;
    const isAddress = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    if (url && isAddress) return url;
    throw new UsageError(
      '--registry',
      'must be an http or https URL without a user, such as https://registry.example.com.',
    );
  }

  @Option({
    flags: '--registry-bundle <file>',
    description: "A registry's `rootcertbundle`: it has to hold the certificate of this installation.",
  })
  bundleFile(path: string): string {
    return path;
  }
}
