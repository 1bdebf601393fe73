/** A variable, as docs/environment.md tells it. */
export interface Variable {
  readonly name: string;
  readonly fallback: string;
  readonly description: string;
  /** Whether its value may be in a file instead, which the variable of the same name with `_FILE` names. */
  readonly inFile?: true;
  /** Whether the same name in lower case is read too. */
  readonly inLowerCase?: true;
}

/** Every variable that Mooring reads: the source of docs/environment.md. */
export const VARIABLES = {
  port: { name: 'PORT', fallback: '8080', description: 'The TCP port to listen on.' },
  host: { name: 'HOST', fallback: '0.0.0.0', description: 'The address to listen on.' },
  publicUrl: {
    name: 'PUBLIC_URL',
    fallback: 'http://localhost:8080',
    description:
      'The URL that browsers use: an origin, such as https://mooring.example.com, or one with a path, such as https://tools.example.com/mooring. The redirect URI is this URL followed by /c/oidc/callback. The proxy may remove the path or pass it on. With a path, other programs on that host share the origin with Mooring: see SECURITY.md. Without PUBLIC_URL, PORT and HOST are used: http://HOST:PORT, with localhost for a HOST that means every address or this machine.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    inFile: true,
    fallback: 'sqlite:data/mooring.db',
    description:
      'The database: sqlite:PATH, or mysql://USER:PASSWORD@HOST:3306/NAME for MariaDB and MySQL. Percent-encode special characters. The database must exist, and the user needs all privileges on it. ?ssl-mode=VERIFY_IDENTITY encrypts the connections and checks the certificate and the host name of the server, which must not be an IP address; VERIFY_CA checks only the certificate, REQUIRED nothing. Without ssl-mode connections are not encrypted. &ssl-ca=PATH names the PEM file of a private certificate authority.',
  },
  dataDir: {
    name: 'DATA_DIR',
    fallback: 'data',
    description: 'The folder for the key file and the initial administrator password.',
  },
  encryptionKey: {
    name: 'ENCRYPTION_KEY',
    inFile: true,
    fallback: '',
    description:
      '32 bytes in base64. During a key change two, comma-separated: the first encrypts, both decrypt. Without it a key is generated once and kept in DATA_DIR/encryption.key; with a mysql:// database it is required.',
  },
  adminPassword: {
    name: 'ADMIN_PASSWORD',
    inFile: true,
    fallback: '',
    description:
      'The password of the built-in administrator, used only at the first start; later it has no effect. Without it a password is generated and kept in DATA_DIR/admin-password.',
  },
  registryService: {
    name: 'REGISTRY_SERVICE',
    fallback: 'registry',
    description: "The registry's `auth.token.service`: the audience of registry tokens.",
  },
  registryServices: {
    name: 'REGISTRY_SERVICES',
    fallback: '',
    description:
      'Several registries, in place of REGISTRY_SERVICE: their `auth.token.service` names, separated by commas, such as registry,zot;key=certificate. A token is for the one that was asked for; without a name, for the first. Names may contain spaces, but no commas or semicolons. Tokens of a name followed by ;key=certificate are signed by a key and a certificate of its own, at /service/certificate/NAME, for registries that verify with the public key of their certificate file, such as zot. Set it when all replicas run a release that knows it.',
  },
  registryIssuer: {
    name: 'REGISTRY_ISSUER',
    fallback: 'mooring',
    description: "The registry's `auth.token.issuer`: the issuer of registry tokens.",
  },
  registryPublicUrl: {
    name: 'REGISTRY_PUBLIC_URL',
    fallback: '',
    description:
      'The URL that registry clients use for the registry, such as https://registry.example.com, or several separated by commas. The commands of the profile name it, unless the setting registryAddresses says otherwise. It is compared with PUBLIC_URL: the start and Test OIDC Server warn where clients would refuse to send their credentials from there to Mooring.',
  },
  fixedSettings: {
    name: 'FIXED_SETTINGS',
    inFile: true,
    fallback: '',
    description:
      'Settings that cannot be changed while Mooring runs, as a JSON object in the form of ConfigurationPatch in the schema, such as {"authMode":"OIDC","oidc":{"groupsClaim":"groups"}}. They override the stored settings, which apply again when they are removed from here. The endpoint and the client secret must be set together.',
  },
  settingsFile: {
    name: 'SETTINGS_FILE',
    fallback: '',
    description:
      'The path of a YAML or JSON file with settings and access rules that cannot be changed while Mooring runs, in place of FIXED_SETTINGS. It is read at the start. mooring settings check FILE tests it, mooring settings export writes it; docs/settings-file.md has its form.',
  },
  metricsToken: {
    name: 'METRICS_TOKEN',
    inFile: true,
    fallback: '',
    description:
      'A bearer token for /metrics, of at least 32 characters, in addition to METRICS service tokens. It is checked without the database, so that the metrics can still be read when the database is down.',
  },
  auditWebhookUrl: {
    name: 'AUDIT_WEBHOOK_URL',
    fallback: '',
    description:
      'The https URL that the events of the audit log are sent to; http only on a loopback address. It needs AUDIT_WEBHOOK_SECRET. Sent directly, never through a proxy. The format and what is promised: docs/audit-delivery.md.',
  },
  auditWebhookSecret: {
    name: 'AUDIT_WEBHOOK_SECRET',
    inFile: true,
    fallback: '',
    description: 'The secret that signs what is sent to AUDIT_WEBHOOK_URL: 32 to 255 ASCII characters without spaces.',
  },
  auditSyslogUrl: {
    name: 'AUDIT_SYSLOG_URL',
    fallback: '',
    description:
      'The syslog receiver that the events of the audit log are sent to over TLS: syslog+tls://siem.example.com:6514. Its certificate has to be trusted by Node, NODE_EXTRA_CA_CERTS or, from Node 22.15 on, the system. tcp:// without encryption only on a loopback address. See docs/audit-delivery.md.',
  },
  auditRegistryLogins: {
    name: 'AUDIT_REGISTRY_LOGINS',
    fallback: 'true',
    description:
      'Whether successful registry logins and verifications are in the audit log, counted by user, address block and minute: at most a thousand rows a minute for each process. "false" leaves only the refused ones.',
  },
  auditBacklog: {
    name: 'AUDIT_BACKLOG',
    fallback: '1000000',
    description:
      'How many events may wait for each receiver of the audit log that takes none. The oldest above that are not delivered any more; they are counted, logged and stay in the audit log.',
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    fallback: '',
    description:
      'The proxies whose X-Forwarded-For is trusted for client addresses in throttling and the audit log: their addresses or networks, comma-separated, such as 10.0.0.0/8 or loopback; or the number of proxies, if all traffic passes through them. A header that is not read is warned about once for each class of local addresses that send it, and for the first three public networks.',
  },
  httpsProxy: {
    name: 'HTTPS_PROXY',
    fallback: '',
    inLowerCase: true,
    description:
      'The proxy for requests to the OpenID provider, and for nothing else: http://PROXY:3128 or https://USER:PASSWORD@PROXY, percent-encoded. Requests pass through a tunnel (CONNECT), in which oidc.caCertificates and oidc.verifyCertificate apply; the certificate of a proxy with https has to be trusted by Node or the system. The proxy resolves the names, so that it has to keep names of link-local addresses from being reached; Mooring refuses such addresses and the known names of metadata services itself. A provider on a loopback address is asked through a proxy only if that is on a loopback address too. The lower-case https_proxy counts first. ALL_PROXY and SOCKS have no effect.',
  },
  httpProxy: {
    name: 'HTTP_PROXY',
    fallback: '',
    inLowerCase: true,
    description:
      'The same for a provider with http, and for one with https if HTTPS_PROXY is not set. The lower-case http_proxy counts first.',
  },
  noProxy: {
    name: 'NO_PROXY',
    fallback: '',
    inLowerCase: true,
    description:
      'The hosts that are asked without a proxy, separated by commas or blanks: names, which include all names below them (idp.example.com, .example.com, *.example.com), addresses and networks (10.0.0.0/8, for providers that are named by an address), each with a port (idp.example.com:8443) or without. * means all: the variables of the proxies then have no effect, for machines where they are meant for other programs. The lower-case no_proxy counts first.',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    fallback: 'info',
    description: 'The least severe level to log: fatal, error, warn, info, debug, trace or silent.',
  },
  auditLog: {
    name: 'AUDIT_LOG',
    fallback: '',
    description:
      '"stdout" writes the events of the audit log as log lines too, whatever LOG_LEVEL is: see docs/logs.md.',
  },
  allowDowngrade: {
    name: 'ALLOW_DOWNGRADE',
    fallback: '',
    description:
      '"true" lets this release, server and commands, work on a database that a newer release has migrated. Without it both are refused.',
  },
  allowSecondServer: {
    name: 'ALLOW_SECOND_SERVER',
    fallback: '',
    description:
      '"true" starts this server although another one uses the same SQLite file; set it for each of them. All of them have to run on one machine, on a local disk. Without it a second server waits 15 seconds for the other one to end, and is then refused. It has no effect with MariaDB and MySQL, which any number of servers may share.',
  },
  workers: {
    name: 'WORKERS',
    fallback: '1',
    description:
      'How many processes answer requests, on one port of this machine: 1 to 64. With more than one, another process starts them, replaces one that dies, and restarts them one by one at SIGHUP. Each takes memory and database connections of its own: see docs/workers.md.',
  },
  nodeEnv: {
    name: 'NODE_ENV',
    fallback: '',
    description: '"production" turns GraphQL introspection off.',
  },
} as const satisfies Record<string, Variable>;
