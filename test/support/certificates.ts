import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** A certificate and its key, in PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate of a server says; by default it is for this machine, from yesterday until tomorrow. */
export interface ServerCertificate {
  readonly hosts?: readonly string[];
  /** When it ends, in days from now. */
  readonly endsInDays?: number;
  readonly usage?: x509.ExtendedKeyUsage;
}

/** A certificate authority, only for tests. */
export class TestAuthority {
  private constructor(
    private readonly keys: webcrypto.CryptoKeyPair,
    private readonly certificate: x509.X509Certificate,
  ) {}

  /** A new root. */
  static async root(name = 'Test root'): Promise<TestAuthority> {
    return TestAuthority.named(name);
  }

  private static async named(name: string, issuer?: TestAuthority): Promise<TestAuthority> {
    const keys = await newKeys();
    return new TestAuthority(keys, await certified(name, keys, issuer, [ofAuthority()]));
  }

  get cert(): string {
    return `${this.certificate.toString('pem')}\n`;
  }

  /** A new authority under this one. */
  async intermediate(name = 'Test intermediate'): Promise<TestAuthority> {
    return TestAuthority.named(name, this);
  }

  /** A certificate for a server, without its chain. */
  async forServer({ hosts = ['localhost', '127.0.0.1'], endsInDays = 1, usage }: ServerCertificate = {}) {
    const names = hosts.map((value) => ({ type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const), value }));
    const usages = [usage ?? x509.ExtendedKeyUsage.serverAuth];
    const extensions = [new x509.SubjectAlternativeNameExtension(names), new x509.ExtendedKeyUsageExtension(usages)];
    return pemOf(await newKeys(), 'server', this, extensions, endsInDays);
  }

  /** A certificate by this authority. */
  issue(subject: string, publicKey: webcrypto.CryptoKey, extensions: x509.Extension[], endsInDays: number) {
    return x509.X509CertificateGenerator.create({
      ...{ subject: `CN=${subject}`, issuer: this.certificate.subject, extensions, ...timesOf(endsInDays) },
      ...{ publicKey, signingKey: this.keys.privateKey, signingAlgorithm: ALGORITHM },
    });
  }
}

/** A certificate that is signed by its own key, of a server and no authority. */
export async function selfSignedServer(host = 'localhost'): Promise<Certified> {
  const name = new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]);
  return pemOf(await newKeys(), host, undefined, [name]);
}

function ofAuthority(): x509.Extension {
  return new x509.BasicConstraintsExtension(true, undefined, true);
}

function timesOf(endsInDays: number) {
  const end = Date.now() + endsInDays * DAY_MS;
  return { notBefore: new Date(Math.min(end, Date.now()) - DAY_MS), notAfter: new Date(end) };
}

function newKeys() {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function certified(
  subject: string,
  keys: webcrypto.CryptoKeyPair,
  issuer: TestAuthority | undefined,
  extensions: x509.Extension[],
  endsInDays = 1,
): Promise<x509.X509Certificate> {
  if (issuer) return issuer.issue(subject, keys.publicKey, extensions, endsInDays);
  const own = { name: `CN=${subject}`, keys, signingAlgorithm: ALGORITHM, extensions, ...timesOf(endsInDays) };
  return x509.X509CertificateGenerator.createSelfSigned(own);
}

async function pemOf(
  keys: webcrypto.CryptoKeyPair,
  subject: string,
  issuer: TestAuthority | undefined,
  extensions: x509.Extension[],
  endsInDays = 1,
): Promise<Certified> {
  const certificate = await certified(subject, keys, issuer, extensions, endsInDays);
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: `${certificate.toString('pem')}\n`, key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}
