// Runs the services of compose.yaml as processes of this machine: each in a root of its own with the user, the environment, the volumes,
// the tmpfs and the root that can't be written of its entry; one after the other as depends_on says, by their health checks. check-compose.sh
// calls it, as root, in namespaces of its own (mount, network, processes):
//
//   node tools/deploy/compose-services.mjs WORK PROGRAMS
//
// PROGRAMS is a JSON object of folders: node, keycloak, java, registry (Distribution) and mariadb.
// Says `ready` when all run, and ends them at SIGTERM. What an image brings is imitated in IMAGES; their names and ports are those of compose.yaml, all on
// the loopback address.
import { Buffer } from 'node:buffer';
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  chmodSync,
  cpSync,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';

const [work, programsAsJson] = process.argv.slice(2);
const programs = JSON.parse(programsAsJson);
const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
const LOOK_AGAIN_MS = 500;
const MOST_LOOKS = 400;
const LONGEST_CHECK_MS = 10_000;
const NAME_SERVER = '127.0.0.11';

const say = (text) => process.stdout.write(`compose: ${text}\n`);
const dollars = (text) => text.replaceAll('$$', '$');

function run(command, ...args) {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

/** The database's own first start, as its image does it: the folder, the database, the user, both passwords. */
const MARIADB = `set -e
mkdir -p /var/lib/mysql
if [ ! -d /var/lib/mysql/mysql ]; then
  mariadb-install-db --no-defaults --basedir=/opt/mariadb --datadir=/var/lib/mysql --auth-root-authentication-method=normal --skip-test-db --skip-log-bin >/dev/null
  printf '%s\\n' "CREATE DATABASE $MARIADB_DATABASE;" "CREATE USER $MARIADB_USER@'%' IDENTIFIED BY '$(cat $MARIADB_PASSWORD_FILE)';" \\
    "GRANT ALL ON $MARIADB_DATABASE.* TO $MARIADB_USER@'%';" "ALTER USER root@'$MARIADB_ROOT_HOST' IDENTIFIED BY '$(cat $MARIADB_ROOT_PASSWORD_FILE)';" >/tmp/first.sql
  set -- "$@" --init-file=/tmp/first.sql
fi
printf '#!/bin/sh\\nMYSQL_PWD=$(cat /run/mariadb/password) exec /usr/bin/mariadb -h mariadb -u mooring -e "SELECT 1" mooring\\n' >/tmp/healthcheck.sh; chmod +x /tmp/healthcheck.sh
exec mariadbd --basedir=/opt/mariadb --datadir=/var/lib/mysql --socket=/run/mysqld/mysqld.sock "$@"`;

/** nginx.conf of the image: a process without rights, whose files are in /tmp. */
const NGINX = `pid /tmp/nginx.pid; error_log /dev/stderr notice; daemon off;
events {}
http { ${['proxy', 'client_body', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path /tmp/${name};`).join(' ')}
  access_log /dev/stdout; include /etc/nginx/conf.d/*.conf; }
`;

/** What Dockerfile says of the image that is built here. */
const dockerfile = readFileSync('Dockerfile', 'utf8');
const json = (name) => JSON.parse(new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(dockerfile.split(/^FROM /m).at(-1))[1]);
const variablesOfImage = Object.fromEntries(
  [
    ...dockerfile
      .split(/^FROM /m)
      .at(-1)
      .matchAll(/^ENV (\w+)=(.*)$/gm),
  ].map(([, name, value]) => [name, value]),
);
const HEALTH = JSON.parse(/^ +CMD (\[.*\])$/m.exec(dockerfile)[1]);

const IMAGES = {
  'alpine/openssl': { entrypoint: ['openssl'] },
  'nginxinc/nginx-unprivileged': {
    entrypoint: ['/usr/sbin/nginx'],
    command: ['-c', '/etc/nginx/nginx.conf'],
    prepare: (root) => writeFileSync(join(root, 'etc/nginx/nginx.conf'), NGINX),
  },
  mariadb: {
    entrypoint: ['bash', '-c', MARIADB, 'mariadb'],
    command: [],
    environment: { PATH: '/tmp:/opt/mariadb/bin:/opt/mariadb/scripts:/usr/bin:/bin' },
    binds: { '/opt/mariadb': programs.mariadb },
    prepare: (root) => {
      run('rm', '-rf', join(root, 'etc/mysql'));
      mkdirSync(join(root, 'etc/mysql/conf.d'), { recursive: true });
      writeFileSync(join(root, 'etc/mysql/my.cnf'), '!includedir /etc/mysql/conf.d\n');
      symlinkSync('mysql/my.cnf', join(root, 'etc/my.cnf'));
    },
  },
  'keycloak/keycloak': {
    environment: { JAVA_HOME: '/opt/java', PATH: '/opt/java/bin:/usr/bin:/bin', JAVA_OPTS_KC_HEAP: '-Xmx700m' },
    binds: { '/opt/java': programs.java },
    prepare: (root) => {
      run('cp', '-r', programs.keycloak, join(root, 'opt/keycloak'));
      run('rm', '-rf', join(root, 'opt/keycloak/data'));
      run('chown', '-R', '1000:0', join(root, 'opt/keycloak'));
    },
  },
  registry: {
    entrypoint: ['/opt/registry/registry', 'serve'],
    command: ['/etc/distribution/config.yml'],
    binds: { '/opt/registry': programs.registry },
  },
  mooring: {
    entrypoint: json('ENTRYPOINT'),
    command: json('CMD'),
    environment: { ...variablesOfImage, PATH: '/opt/node/bin:/usr/bin:/bin' },
    folder: '/mooring',
    health: HEALTH,
    binds: { '/opt/node': programs.node },
    prepare: (root) => {
      mkdirSync(join(root, 'mooring/portal'), { recursive: true });
      for (const name of ['dist', 'package.json', 'portal/dist'])
        cpSync(name, join(root, 'mooring', name), { recursive: true });
    },
    links: { '/mooring/node_modules': resolve('node_modules') },
  },
};

function bind(from, to, isReadOnly) {
  mkdirSync(to, { recursive: true });
  run('mount', '--bind', from, to);
  if (isReadOnly) run('mount', '-o', 'remount,bind,ro', to);
}

function bindFile(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  if (!existsSync(to)) writeFileSync(to, '');
  run('mount', '--bind', from, to);
  run('mount', '-o', 'remount,bind,ro', to);
}

/** A root with this machine's programs and what the entry mounts. */
function rootOf(name, service, image) {
  const root = join(work, 'roots', name);
  for (const folder of ['usr', 'proc', 'dev', 'run', 'var', 'opt', 'tmp'])
    mkdirSync(join(root, folder), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  for (const link of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${link}`, join(root, link));
  run('cp', '-a', '/etc', join(root, 'etc'));
  writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
  run('rm', '-f', join(root, 'etc/resolv.conf'));
  writeFileSync(join(root, 'etc/resolv.conf'), `nameserver ${NAME_SERVER}\n`);
  bind('/usr', join(root, 'usr'), true);
  run('mount', '--rbind', '/dev', join(root, 'dev'));
  run('mount', '-t', 'proc', 'proc', join(root, 'proc'));
  image.prepare?.(root);
  for (const [to, from] of Object.entries({ ...image.binds, ...image.links })) bind(from, join(root, to), true);
  if (service.read_only) {
    // What is mounted later needs a place.
    for (const { target, type } of service.volumes ?? []) placeFor(join(root, target), type === 'bind');
    for (const entry of service.tmpfs ?? []) mkdirSync(join(root, entry.split(':')[0]), { recursive: true });
    run('mount', '--rbind', root, root);
    run('mount', '-o', 'remount,bind,ro', root);
  }
  for (const entry of service.tmpfs ?? []) mountTmpfs(root, entry);
  for (const volume of service.volumes ?? []) mountVolume(root, volume);
  return root;
}

function placeFor(target, isBind) {
  mkdirSync(dirname(target), { recursive: true });
  if (!isBind || target.endsWith('/prepare')) mkdirSync(target, { recursive: true });
  else if (!existsSync(target)) writeFileSync(target, '');
}

function mountTmpfs(root, entry) {
  const [path, options] = entry.split(':');
  run('mount', '-t', 'tmpfs', '-o', ['mode=1777', options].filter(Boolean).join(','), 'tmpfs', join(root, path));
}

function mountVolume(root, { type, source, target, read_only: isReadOnly }) {
  const to = join(root, target);
  if (type === 'bind' && source.includes('.', 2)) return bindFile(resolve(source), to);
  const from = type === 'bind' ? resolve(source) : join(work, 'volumes', source);
  if (type === 'volume') mkdirSync(from, { recursive: true });
  return bind(from, to, isReadOnly);
}

/** As the user of the entry, with none of root's rights but those that it adds. */
function argumentsIn(root, service, folder, words) {
  const [user, group] = service.user.split(':');
  const capabilities = ['-all', ...(service.cap_add ?? []).map((name) => `+${name.toLowerCase()}`)].join(',');
  const change = [
    'setpriv',
    `--reuid=${user}`,
    `--regid=${group}`,
    '--clear-groups',
    '--no-new-privs',
    `--bounding-set=${capabilities}`,
  ];
  const rights = [...change, `--inh-caps=${capabilities}`];
  return [root, '/usr/bin/env', '-i', 'sh', '-c', `cd ${folder} && exec "$@"`, 'sh', ...rights, ...words];
}

/** Not in step: meanwhile this process answers for names. */
async function outcomeOf(command, words) {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_CHECK_MS });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const status = await new Promise((done) => child.once('close', done));
  return { output, status };
}

const running = [];

function start(name, service, extra = []) {
  const image = IMAGES[service.image.replace(/:[^/]*$/, '')];
  const root = rootOf(name, service, image);
  const environment = { HOME: '/tmp', PATH: '/usr/bin:/bin', ...image.environment, ...service.environment };
  const words = [
    ...(service.entrypoint ?? image.entrypoint),
    ...(service.command ?? (service.entrypoint ? [] : image.command)),
    ...extra,
  ];
  const folder = image.folder ?? '/';
  const withEnvironment = (line) => [
    '/usr/bin/env',
    ...Object.entries(environment).map(([key, value]) => `${key}=${value}`),
    ...line.map(dollars),
  ];
  // For everybody: nginx opens it by a name.
  const log = openSync(join(work, `${name}.log`), 'a', 0o666);
  fchmodSync(log, 0o666);
  const process_ = spawn('chroot', argumentsIn(root, service, folder, withEnvironment(words)), {
    stdio: ['ignore', log, log],
  });
  const one = {
    name,
    service,
    process: process_,
    ended: new Promise((done) => process_.once('exit', (code) => done(code))),
  };
  one.isHealthy = () => {
    const check = image.health ?? service.healthcheck?.test.slice(1);
    return outcomeOf('chroot', argumentsIn(root, service, folder, withEnvironment(check)));
  };
  running.push(one);
  return one;
}

const logOf = (name) => readFileSync(join(work, `${name}.log`), 'utf8').slice(-3000);

async function healthy(one) {
  let last;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    if (one.process.exitCode !== null) break;
    last = await one.isHealthy();
    if (last.status === 0) return;
    await pause(LOOK_AGAIN_MS);
  }
  throw new Error(`${one.name} does not get healthy (${last?.output}):\n${logOf(one.name)}`);
}

/** The names of the services and their aliases, as the engine's own server has them: all are on the loopback address here. */
function serveNames() {
  const aliases = Object.values(compose.services).flatMap(({ networks }) =>
    Object.values(Array.isArray(networks) ? {} : (networks ?? {})).flatMap((network) => network?.aliases ?? []),
  );
  const names = new Set([...Object.keys(compose.services), ...aliases]);
  const server = createSocket('udp4');
  server.on('message', (question, from) => server.send(answerTo(question, names), from.port, from.address));
  server.bind(53, NAME_SERVER);
  return server;
}

const HEADER = 12;

function answerTo(question, names) {
  const labels = [];
  let at = HEADER;
  for (; question[at] > 0; at += question[at] + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + question[at]));
  const end = at + 5;
  const isAddress = question.readUInt16BE(at + 1) === 1;
  const isKnown = names.has(labels.join('.').toLowerCase());
  const answers =
    isKnown && isAddress ? [Buffer.from('c00c00010001000000050004', 'hex'), Buffer.from([127, 0, 0, 1])] : [];
  const header = Buffer.from(question.subarray(0, HEADER));
  header.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(answers.length > 0 ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, question.subarray(HEADER, end), ...answers]);
}

/** Each after those that it depends on. */
function inOrder() {
  const done = [];
  const visit = (name) => {
    if (done.includes(name)) return;
    Object.keys(compose.services[name].depends_on ?? {}).forEach(visit);
    done.push(name);
  };
  Object.keys(compose.services).forEach(visit);
  return done;
}

async function stop() {
  for (const one of [...running].reverse()) {
    if (one.process.exitCode === null) one.process.kill('SIGTERM');
    await Promise.race([one.ended, pause(20_000)]);
  }
}

async function main() {
  const names = serveNames();
  const ended = new Promise((done) => process.once('SIGTERM', done));
  const order = inOrder();
  for (const name of order) {
    const service = compose.services[name];
    const one = start(name, service);
    const waiting = Object.values(compose.services).map(({ depends_on: on }) => on?.[name]?.condition);
    if (waiting.includes('service_completed_successfully')) {
      if ((await one.ended) !== 0) throw new Error(`${name} failed:\n${logOf(name)}`);
    } else {
      await healthy(one);
    }
    say(`${name} ${one.process.exitCode === null ? 'is healthy' : 'has ended'}`);
  }
  writeFileSync(join(work, 'ready'), '');
  say('ready');
  await ended;
  await stop();
  const codes = running.filter(({ name }) => name === 'mooring').map((one) => one.process.exitCode);
  names.close();
  if (codes.some((code) => code !== 0)) throw new Error(`Mooring ended with ${codes}.`);
}

main().then(
  () => process.exit(0),
  async (error) => {
    process.stderr.write(`${error.message}\n`);
    await stop();
    process.exit(1);
  },
);
