import { Rounds } from '../load.js';
import { Row } from '../report/row.js';
import type { Scene } from '../scene.js';
import { Size, SMALL } from '../sizes.js';
import type { Engine } from '../stores.js';

/** Loaded when it is needed: it loads a provider, a browser and the drivers, which a list of scenarios needs not. */
const loadScene = async () => (await import('../scene.js')).setScene;

/** One thing that is measured. */
export interface Scenario {
  /** As it is chosen by on the command line: lower case, with hyphens. */
  readonly name: string;
  /** What is measured, in one sentence. */
  readonly about: string;
  /** The ceiling or the limit, and the goal, in a few words; or that there is none. */
  readonly goal: string;
  /** Whether it is left out unless everything is measured, or it is named. */
  readonly isLong?: boolean;
  /** Measures it; throws if that fails. */
  measure(bench: Bench): Promise<Row[]>;
}

/** Sets scenes up for scenarios, and keeps the last one for the next scenario that wants the same. */
export class Bench {
  private kept?: { readonly key: string; readonly scene: Scene };

  constructor(
    /** How rounds are run. */
    readonly rounds: Rounds,
    /** Whether everything is measured, for as long as it takes. */
    readonly isFull: boolean,
  ) {}

  /** Says what is going on. */
  tell(text: string): void {
    this.rounds.tell(text);
  }

  /**
   * A scene of this engine and size, which the caller does not close. The previous one is closed if it is another.
   *
   * @param changes further variables of the server's environment
   */
  async scene(engine: Engine, size: Size = SMALL, changes: Record<string, string> = {}): Promise<Scene> {
    const key = JSON.stringify([engine, size, changes]);
    if (this.kept?.key === key) return this.kept.scene;
    await this.close();
    this.tell(`setting up ${engine} with ${size.users.toLocaleString('en')} users`);
    const setScene = await loadScene();
    const scene = await setScene(engine, size, changes);
    this.kept = { key, scene };
    return scene;
  }

  /** A scene beside the last one; the caller closes it. */
  async second(engine: Engine, size: Size, changes: Record<string, string> = {}): Promise<Scene> {
    this.tell(`setting up ${engine} with ${size.users.toLocaleString('en')} users beside it`);
    const setScene = await loadScene();
    return setScene(engine, size, changes);
  }

  /** Ends what is running. */
  async close(): Promise<void> {
    const { kept } = this;
    this.kept = undefined;
    await kept?.scene.close();
  }
}
