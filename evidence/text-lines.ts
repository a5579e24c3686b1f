import { createReadStream } from 'node:fs'

/** The lines of a text file, ended by line feeds alone: any other byte is part of a line. Rejects where it can't be read. */
export async function* textLines(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
