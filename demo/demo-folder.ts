import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readKept, writeKept } from './kept-file.js';
import { Lock, lockFile } from './lock.js';
import { Ports } from './ports.js';
import { DemoRefusal } from './refusal.js';

/** What a start hands on to the next one. */
export interface Kept {
  /** The ports of the last start. */
  readonly ports?: Partial<Ports>;
  /** The issuer that the demo has configured last. */
  readonly issuer?: string;
  /** The demo's own ADMIN service token. */
  readonly adminToken?: string;
  /** The VERIFIER service token of the printed command. */
  readonly verifierToken?: string;
}

const KEPT = 'demo.json';
const DEMO_LOCK = 'demo.lock';
const PARTS_LOCK = 'parts.lock';
/** All that the demo and its parts make, locks aside. */
const OWN = /^(mooring\.db.*|encryption\.key|admin-password|provider|registry|demo\.json(\.new)?)$/;
/** Ample for parts whose demo was killed: they get ten seconds to end. */
const PARTS_END_MS = 20_000;

/** The folder of a demo. One demo at a time has it. */
export class DemoFolder {
  private constructor(
    readonly path: string,
    private readonly lock: Lock,
  ) {}

  /**
   * Takes a folder, which is created if needed, and waits until the parts of an earlier demo have ended.
   *
   * @throws {DemoRefusal} if another demo has it, or if it is not a folder of this path
   */
  static take(path: string, say: (text: string) => void): DemoFolder {
    demandPlainFolder(dirname(path));
    mkdirSync(path, { recursive: true, mode: 0o700 });
    demandPlainFolder(path);
    const lock = lockFile(join(path, DEMO_LOCK), 'exclusive');
    if (!lock) throw new DemoRefusal(alreadyRuns(path));
    const folder = new DemoFolder(path, lock);
    folder.awaitParts(say);
    return folder;
  }

  private awaitParts(say: (text: string) => void): void {
    let parts = lockFile(this.partsLock, 'exclusive');
    if (!parts) {
      say('Parts of an earlier demo, which was killed, still run: waiting until they have ended ...');
      parts = lockFile(this.partsLock, 'exclusive', PARTS_END_MS);
    }
    if (!parts) throw new DemoRefusal(`Parts of an earlier demo in ${this.path} still run. End them, and start again.`);
    parts.release();
  }

  /** The file on which each part holds a shared lock. */
  get partsLock(): string {
    return join(this.path, PARTS_LOCK);
  }

  /** @throws {DemoRefusal} if the file is damaged */
  get kept(): Kept {
    return readKept<Kept>(join(this.path, KEPT)) ?? {};
  }

  /** Keeps these values beside the others. */
  keep(changes: Kept): void {
    writeKept(join(this.path, KEPT), JSON.stringify({ ...this.kept, ...changes }, null, 2));
  }

  /**
   * Deletes what earlier starts left, and nothing else; links are deleted, not followed.
   *
   * @returns the names of files that the demo did not make; they stay
   */
  clear(): readonly string[] {
    const names = readdirSync(this.path);
    for (const name of names) if (OWN.test(name)) rmSync(join(this.path, name), { recursive: true, force: true });
    return names.filter((name) => !OWN.test(name) && !name.startsWith(DEMO_LOCK) && !name.startsWith(PARTS_LOCK));
  }

  /** Lets another demo have it. */
  release(): void {
    this.lock.release();
  }
}

function demandPlainFolder(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink())
    throw new DemoRefusal(
      `${path} is a link: the demo writes and deletes only in a folder of its own. Remove the link.`,
    );
  if (found && !found.isDirectory()) throw new DemoRefusal(`${path} is not a folder. Move it away, and start again.`);
}

function alreadyRuns(path: string): string {
  const port = readKept<Kept>(join(path, KEPT))?.ports?.mooring;
  const place = port === undefined ? '' : `, at http://localhost:${port}`;
  return `A demo runs already on ${path}${place}. End it with Ctrl-C in its terminal; for a second one, use a second clone.`;
}
