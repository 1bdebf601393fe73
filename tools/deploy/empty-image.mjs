// Writes an image without a layer, as an OCI layout: node tools/deploy/empty-image.mjs FOLDER
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const folder = process.argv[2];

function kept(name, value) {
  const bytes = Buffer.from(JSON.stringify(value));
  const hex = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(`${folder}/blobs/sha256/${hex}`, bytes);
  return { mediaType: typeOf(name), digest: `sha256:${hex}`, size: bytes.length };
}

function typeOf(name) {
  return `application/vnd.oci.image.${name}+json`;
}

mkdirSync(`${folder}/blobs/sha256`, { recursive: true });
const config = kept('config.v1', { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } });
const manifest = kept('manifest.v1', { schemaVersion: 2, mediaType: typeOf('manifest.v1'), config, layers: [] });
writeFileSync(`${folder}/index.json`, JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
writeFileSync(`${folder}/oci-layout`, '{"imageLayoutVersion":"1.0.0"}');
