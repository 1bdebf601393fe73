import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  YAMLError,
  YAMLMap,
} from 'yaml';
import { SecretText } from '../common/crypto/secret-text.js';
import { NOT_UTF8, SettingsFile, textIn } from '../config/settings-file.js';
import { VARIABLES } from '../config/variables.js';
import { FilePlace, FixedProblem, FixedSource, nameOfPath, SettingPath } from './fixed-source.js';

const LARGEST_SECRET_FILE_BYTES = 65_536;

/** What to do about the faults of YAML that people make; the parser's own messages quote the file, which may hold secrets. */
const YAML_PROBLEMS: Readonly<Record<string, string>> = {
  BAD_SCALAR_START: 'A text that begins with @ or ` has to be quoted.',
  BLOCK_AS_IMPLICIT_KEY: 'A text that contains ": " has to be quoted.',
  TAB_AS_INDENT: 'Lines are indented with spaces, not with tabs.',
  BAD_INDENT: 'The indentation is not valid, or a bracket is not closed.',
  MISSING_CHAR: 'A quote, bracket, comma or colon is missing.',
};
const TWICE_PROBLEM = 'The same name stands here twice.';
const TAG_PROBLEM = 'A text that begins with ! has to be quoted.';
const DIRECTIVE_PROBLEM = 'A line that begins with % has no meaning here.';
const ANCHOR_PROBLEM = 'A text that begins with & has to be quoted; anchors of YAML are not read.';
const ALIAS_PROBLEM = 'A text that begins with * has to be quoted; aliases of YAML are not read.';
const NO_MAP = 'The file must have names with values, such as "authMode: OIDC".';

type Values = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings in a file, with the places of their values. */
export class SettingsFileSource implements FixedSource {
  readonly variable = VARIABLES.settingsFile.name;
  readonly holdsRules = true;
  readonly values: Values;
  readonly problems: readonly FixedProblem[];
  private readonly lines = new LineCounter();
  private readonly content: unknown;
  private readonly withSecrets = new Set<string>();
  private readonly pairs = new WeakMap<YAMLMap, Pairs>();

  constructor(private readonly file: SettingsFile) {
    // The parser looks for names that stand twice in quadratic time.
    const options = { lineCounter: this.lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: false } as const;
    const documents = parseAllDocuments(file.text.reveal(), options) as Document[];
    const [first, second] = documents;
    this.content = first?.contents;
    // The warnings are about tags and directives, which are refused anyway.
    const faults = first ? first.errors.map((fault) => this.faultOf(fault)) : [];
    const unread = first ? this.unreadIn(first) : [];
    const more = second ? [this.problem(startOf(second), 'Only one document is read: remove the line ---.')] : [];
    const isReadable = faults.length + unread.length === 0;
    const value: unknown = isReadable ? (first?.toJS() ?? {}) : {};
    const shape = isRecord(value) ? [] : [this.problem(0, NO_MAP)];
    this.values = isRecord(value) ? value : {};
    this.problems = [...faults, ...unread, ...more, ...shape];
  }

  problemAt(path: SettingPath, problem: string): FixedProblem {
    return { name: nameOfPath(path), problem, place: this.placeOf(path) };
  }

  secretOf(value: unknown): SecretText | string {
    if (typeof value === 'string') return this.writtenSecret(value);
    const [[key, named] = [], ...others] = isRecord(value) ? Object.entries(value) : [];
    if (others.length > 0 || typeof named !== 'string') return SECRET_FORM;
    if (key === 'file') return this.secretInFile(resolve(dirname(this.file.path), named));
    if (key !== 'env') return SECRET_FORM;
    const text = this.file.variable(named);
    return text ? new SecretText(text) : 'names a variable that is not set.';
  }

  advice(): readonly string[] {
    const isEmpty = Object.keys(this.values).length === 0;
    return isEmpty ? [`${this.variable} fixes nothing: the file is empty.`] : [];
  }

  secretFiles(): readonly string[] {
    return [...this.withSecrets];
  }

  private writtenSecret(text: string): SecretText | string {
    this.withSecrets.add(this.file.path);
    if (!this.file.isOpen) return new SecretText(text);
    return 'stands in a file that every user of this machine can read or change: name it by file or env, or chmod 600 the settings file.';
  }

  private secretInFile(path: string): SecretText | string {
    try {
      const facts = statSync(path);
      if (!facts.isFile()) return 'must name a file, and no folder, pipe or device.';
      if (facts.size > LARGEST_SECRET_FILE_BYTES)
        return `names a file of more than ${LARGEST_SECRET_FILE_BYTES} bytes.`;
      const secret = SecretText.given(textIn(readFileSync(path)));
      if (secret.reveal() === '') return 'names an empty file.';
      this.withSecrets.add(path);
      return secret;
    } catch (error) {
      const { code = 'no code' } = error as NodeJS.ErrnoException;
      if (code === NOT_UTF8) return 'names a file that is not UTF-8.';
      // The path is not quoted: it may be the secret itself.
      return `must name a file that can be read (${code}).`;
    }
  }

  private faultOf({ code, pos: [start] }: YAMLError): FixedProblem {
    return this.problem(start, YAML_PROBLEMS[code] ?? `This is not valid YAML (${code}).`);
  }

  /** What YAML can say and JSON cannot, and names that stand twice. */
  private unreadIn(document: Document): FixedProblem[] {
    const found = document.directives?.yaml.explicit ? [this.problem(0, DIRECTIVE_PROBLEM)] : [];
    const note = (node: unknown, problem: string) => void found.push(this.problem(startOf(node), problem));
    visit(document, {
      Alias: (_key, node) => note(node, ALIAS_PROBLEM),
      Node: (_key, node) => {
        const { tag, anchor } = node as { tag?: string; anchor?: string };
        if (tag) note(node, TAG_PROBLEM);
        if (anchor) note(node, ANCHOR_PROBLEM);
        if (isMap(node)) for (const key of this.pairsOf(node).twice) note(key, TWICE_PROBLEM);
      },
    });
    return found;
  }

  /** The pairs of a map by their names, and the names that stand a second time. */
  private pairsOf(map: YAMLMap): Pairs {
    const known = this.pairs.get(map);
    if (known) return known;
    const pairs: Pairs = { byName: new Map(), twice: [] };
    for (const { key, value } of map.items) {
      const name = String(isScalar(key) ? key.value : key);
      if (pairs.byName.has(name)) pairs.twice.push(key);
      else pairs.byName.set(name, { value, offset: startOf(key) });
    }
    this.pairs.set(map, pairs);
    return pairs;
  }

  private problem(offset: number, problem: string): FixedProblem {
    return { name: '', problem, place: this.placeAt(offset) };
  }

  private placeAt(offset: number): FilePlace {
    const { line, col } = this.lines.linePos(offset);
    // A position in an empty file is line 0.
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Where a value begins, with its name; of a missing one, where what should hold it does. */
  private placeOf(path: SettingPath): FilePlace {
    let [node, offset]: [unknown, number] = [this.content, 0];
    for (const step of path) {
      const found = isMap(node) ? this.pairsOf(node).byName.get(String(step)) : itemIn(node, step);
      if (!found) break;
      [node, offset] = [found.value, found.offset];
    }
    return this.placeAt(offset);
  }
}

const SECRET_FORM = 'must be a text, or name a file or a variable: { file: PATH } or { env: NAME }.';

/** The content of a map. */
interface Pairs {
  readonly byName: Map<string, Found>;
  readonly twice: unknown[];
}

interface Found {
  readonly value: unknown;
  readonly offset: number;
}

const startOf = (node: unknown) => (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0;

function itemIn(node: unknown, step: string | number): Found | undefined {
  if (!isSeq(node) || typeof step !== 'number' || isAlias(node)) return undefined;
  const value = node.items[step];
  return value === undefined ? undefined : { value, offset: startOf(value) };
}
