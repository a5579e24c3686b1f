import { gunzipSync } from 'node:zlib'

/** The files of a tar.gz by name, read as POSIX says; not with the code that wrote it. */
export function filesOfArchive(archive: Buffer): Map<string, Buffer> {
  const plain = gunzipSync(archive)
  const files = new Map<string, Buffer>()
  for (let at = 0; plain[at] !== 0;) {
    const text = (from: number, length: number) =>
      plain
        .subarray(at + from, at + from + length)
        .toString()
        .split('\0')[0]!
    const size = Number.parseInt(text(124, 12), 8)
    files.set(text(0, 100), plain.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}
