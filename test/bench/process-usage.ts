import { readdirSync, readFileSync } from 'node:fs'

/** CPU used so far, in milliseconds, and resident memory, in megabytes, of some processes together (proc(5)). */
export type Usage = { cpuMs: number; rssMb: number }

const msPerTick = 10
const bytesPerPage = 4096

/** The usage of these processes; one that has ended counts nothing. */
export function usageOf(pids: readonly number[]): Usage {
  let [ticks, pages] = [0, 0]
  for (const pid of pids) {
    const fields = statOf(pid)
    // Its own time, and that of children that have ended.
    for (const field of [11, 12, 13, 14]) ticks += Number(fields[field] ?? 0)
    pages += Number(fields[21] ?? 0)
  }
  return { cpuMs: ticks * msPerTick, rssMb: (pages * bytesPerPage) / 2 ** 20 }
}

/** Ticks of all processors so far, and those of them that the host of a virtual machine gave to others (proc(5)). */
export type Ticks = { all: number; stolen: number }

/** Of this machine. */
export function processorTicks(): Ticks {
  const [, ...fields] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/ +/).map(Number)
  // What guests used (the last two) stands in the first two as well.
  return { all: fields.slice(0, 8).reduce((sum, one) => sum + one, 0), stolen: fields[7] ?? 0 }
}

/** A process and all that descend from it: PostgreSQL has one for each connection. */
export function withChildren(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))[1] ?? 0)]),
  )
  const found = [pid]
  for (const parent of found) for (const [child, its] of parents) if (its === parent) found.push(child)
  return found
}

/** The fields of stat after the command's name, which may hold spaces. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
