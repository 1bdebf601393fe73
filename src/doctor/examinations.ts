import type { Examination } from './examination.js';
import { cluster } from './examinations/cluster.js';
import { database } from './examinations/database.js';
import { databaseClock } from './examinations/database-clock.js';
import { databaseServer } from './examinations/database-server.js';
import { disk } from './examinations/disk.js';
import { durability } from './examinations/durability.js';
import { encryptionKey } from './examinations/encryption-key.js';
import { environment } from './examinations/environment.js';
import { limits } from './examinations/limits.js';
import { provider } from './examinations/provider.js';
import { publicUrl } from './examinations/public-url.js';
import { realm } from './examinations/realm.js';
import { registry } from './examinations/registry.js';
import { registryBundle } from './examinations/registry-bundle.js';
import { release } from './examinations/release.js';
import { secretFiles } from './examinations/secret-files.js';
import { settings } from './examinations/settings.js';
import { signingKeys } from './examinations/signing-keys.js';

/** Everything that `mooring doctor` examines, in the order of its report. */
export const EXAMINATIONS: readonly Examination[] = [
  ...[environment, secretFiles],
  ...[database, release, databaseServer, cluster, databaseClock, durability],
  ...[encryptionKey, signingKeys],
  ...[settings, provider],
  ...[publicUrl, realm, registry, registryBundle],
  ...[disk, limits],
];
