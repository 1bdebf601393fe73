import { arch, platform, versions } from 'node:process';

/** A package with a native binary can't be loaded by this Node; the message says what to do. */
export class NativeModuleUnusable extends Error {
  constructor(name: string, cause: unknown) {
    super(
      `The package ${name} has no binary for this Node (${versions.node} on ${platform} ${arch}), or one that was built for another: run "npm ci" on this machine, with the Node that runs Mooring.`,
      { cause },
    );
  }
}
