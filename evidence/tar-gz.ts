import { gzipSync } from 'node:zlib'

/**
 * Files as a gzipped tar archive (POSIX.1-1988 ustar, which every tar reads), in the order given, owned by nobody and
 * readable by all. The same files and time give the same bytes. Throws a RangeError on a name of more than 100 bytes.
 */
export function tarGz(files: ReadonlyMap<string, Uint8Array>, at: Date): Buffer {
  const blocks = [...files].flatMap(([name, content]) => [
    header(name, content.length, at),
    content,
    Buffer.alloc(-content.length & 511),
  ])
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

function header(name: string, size: number, at: Date): Buffer {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`too long a name for the archive: ${name}`)
  const block = Buffer.alloc(512)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  block.write(name, 0)
  block.write(octal(0o644, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(size, 11), 124)
  block.write(octal(Math.floor(at.getTime() / 1000), 11), 136)
  // The checksum is summed with spaces in its own place.
  block.write('        0', 148)
  block.write('ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${octal(sum, 6)} `, 148)
  return block
}
