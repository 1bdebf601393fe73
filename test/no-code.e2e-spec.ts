import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CountedProcess, countingVariables, MadeToCode, madeToCode } from './support/counted-process.js';
import { CREATE_TOKEN, LOGIN, ME } from './support/documents.js';
import { Tally } from './support/fault-table.js';
import { Asker, postGraphql } from './support/graphql.js';
import { codesOf, markedRequestsOf, MARKERS, TIMES } from './support/marked-requests.js';
import { Route, routesOf } from './support/routes.js';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

/** All that is ever read from the query or the form of a request. */
const PARAMETERS = (
  'code state error error_description iss redirect_url logout_token service scope account client_id offline_token ' +
  'access_type grant_type username password refresh_token query variables operationName extensions'
).split(' ');

describe('No text from outside is made to code', () => {
  describe('as the counter tells, which', () => {
    it.each([
      ['Function', 'Function("return 1")()'],
      ['Function', 'new Function("return 1")()'],
      ['Function', '(() => 1).constructor("return 1")()'],
      ['AsyncFunction', '(async () => 1).constructor("return 1")()'],
      ['GeneratorFunction', 'Object.getPrototypeOf(function* () {}).constructor("yield 1")()'],
      ['AsyncGeneratorFunction', 'Object.getPrototypeOf(async function* () {}).constructor("yield 1")()'],
      ['eval', 'eval("1")'],
      ['eval', 'globalThis["eval"]("1")'],
      ['vm.Script', 'new (process.getBuiltinModule("vm").Script)("1")'],
      ['vm.runInNewContext', 'process.getBuiltinModule("vm").runInNewContext("1")'],
      ['vm.runInThisContext', 'const { runInThisContext } = await import("node:vm"); runInThisContext("1")'],
      ['vm.compileFunction', 'process.getBuiltinModule("vm").compileFunction("1")'],
    ])('counts %s where a process does %s', async (kind, source) => {
      const folder = mkdtempSync(join(tmpdir(), 'mooring-counter-'));
      const [file, script] = [join(folder, 'made-to-code'), join(folder, 'script.mjs')];
      writeFileSync(script, source);
      writeFileSync(file, '');
      execFileSync(process.execPath, [script], { env: countingVariables(file) });
      expect((await madeToCode(file)).map((made) => made.kind)).toContain(kind);
      rmSync(folder, { recursive: true });
    });
  });

  describe('by the server, once it is ready,', () => {
    let server: CountedProcess;
    let before: number;
    const since = async (): Promise<MadeToCode[]> => (await server.madeToCode()).slice(before);

    beforeAll(async () => {
      server = await CountedProcess.start();
      before = (await server.madeToCode()).length;
    });
    afterAll(() => server.stop());

    async function askers(): Promise<Asker[]> {
      const person = new Browser();
      const input = { username: 'admin', password: server.adminPassword };
      expect((await server.ask(person, LOGIN, { input })).code).toBeUndefined();
      const tokens = await Promise.all(
        ['ADMIN', 'VERIFIER'].map((role) => server.ask(server.admin, CREATE_TOKEN, { input: { name: role, role } })),
      );
      return [undefined, person, ...tokens.map(({ data }) => ({ bearer: data.createServiceToken.token as string }))];
    }

    it('which starts by making some of its own, so the counter is there', () => {
      expect(before).toBeGreaterThan(0);
    });

    it('whatever GraphQL is asked, by whomever', async () => {
      const answers = new Tally();
      const all = await askers();
      for (const request of markedRequestsOf(schema)) {
        for (const asker of all) for (const code of await codesOf(server, asker, request)) answers.add(code);
      }
      expect(await since()).toEqual([]);
      expect(answers.kinds).toContain('data');
      expect(answers.kinds).toContain('BAD_USER_INPUT');
      expect(answers.kinds).not.toContain('INTERNAL_SERVER_ERROR');
    });

    it('also where texts stand beside the document, or are one', async () => {
      for (const text of MARKERS) {
        const bodies = [
          { query: text },
          { query: JSON.stringify(parse(ME)).replaceAll('"me"', JSON.stringify(text)) },
          { query: ME, operationName: text },
          { query: ME, variables: { [text]: text }, extensions: { [text]: text } },
          { query: `query($a: String = ${JSON.stringify(text)}) { usernameAvailability(username: $a) { available } }` },
          { query: `{ me @include(if: ${JSON.stringify(text)}) { id } } # ${text}` },
          { query: `query Look { me { id } } mutation Do { logout { redirectUrl } }`, operationName: 'Do' },
        ];
        for (const body of bodies) {
          for (const _time of TIMES) await postGraphql(server.url, undefined, JSON.stringify(body));
        }
      }
      expect(await since()).toEqual([]);
    });

    it('whatever is sent to any other route', async () => {
      const app = await TestApp.start();
      const routes = routesOf(app);
      await app.stop();
      expect(routes.length).toBeGreaterThan(35);
      for (const text of MARKERS) for (const route of routes) await send(route, text);
      expect(await since()).toEqual([]);
    });

    async function send({ method, path }: Route, text: string): Promise<void> {
      const form = new URLSearchParams(PARAMETERS.map((name) => [name, text])).toString();
      const printable = text.replaceAll(/[^ -~]/g, '');
      const own = { accept: 'text/html', 'user-agent': printable, cookie: `mooring=${encodeURIComponent(text)}` };
      const credentials = [Buffer.from(`admin:${text}`).toString('base64'), printable];
      const kinds = [
        { ...own, authorization: `Basic ${credentials[0]}`, 'content-type': 'application/x-www-form-urlencoded' },
        { ...own, authorization: `Bearer ${credentials[1]}`, 'content-type': 'application/json', origin: 'null' },
      ];
      const target = path.replace(/\*|:\w+/, encodeURIComponent(text));
      for (const [index, headers] of kinds.entries()) {
        const body = ['GET', 'HEAD'].includes(method) ? undefined : [form, JSON.stringify({ [text]: text })][index];
        for (const at of [target, `${target}?${form}`, `/administration${target}`]) {
          const answer = await fetch(`${server.url}${at}`, { method, headers, body, redirect: 'manual' });
          await answer.text();
          expect([at, answer.status]).not.toEqual([at, 500]);
        }
      }
    }
  });
});
