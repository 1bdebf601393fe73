import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK = 512;

/** An archive with one empty file (POSIX ustar). */
function emptyFileArchive(name: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (text: string, offset: number) => header.write(text, offset, 'ascii');
  put(name, 0);
  put('0000644\0', 100);
  for (const offset of [108, 116]) put('0000000\0', offset);
  for (const offset of [124, 136]) put('00000000000\0', offset);
  put('        ', 148);
  put('0', 156);
  put('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.alloc(2 * BLOCK)]);
}

/** Writes the smallest image that every client accepts, tagged v1, as an OCI image layout (OCI Image Layout Specification). */
export async function writeImage(folder: string): Promise<void> {
  const blobs = join(folder, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const blob = async (mediaType: string, content: Buffer) => {
    const hash = createHash('sha256').update(content).digest('hex');
    await writeFile(join(blobs, hash), content);
    return { mediaType, digest: `sha256:${hash}`, size: content.length };
  };
  const json = (mediaType: string, value: object) => blob(mediaType, Buffer.from(JSON.stringify(value)));

  const layer = await blob('application/vnd.oci.image.layer.v1.tar', emptyFileArchive('mooring'));
  const rootfs = { type: 'layers', diff_ids: [layer.digest] };
  const configuration = { architecture: 'amd64', os: 'linux', config: {}, rootfs };
  const config = await json('application/vnd.oci.image.config.v1+json', configuration);
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = await json(mediaType, { schemaVersion: 2, mediaType, config, layers: [layer] });
  const tagged = { ...manifest, annotations: { 'org.opencontainers.image.ref.name': 'v1' } };
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [tagged] }));
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
}
