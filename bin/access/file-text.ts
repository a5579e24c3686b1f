import { readFileSync } from 'node:fs'
import type { Command } from 'commander'

/** The text of a file a verb was given, or of the standard input for `-`. Ends the verb with one line and code 2 where it can't be read. */
export function fileText(file: string, verb: Command): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch {
    return verb.error(`${file}: can't be read`, { exitCode: 2 })
  }
}
