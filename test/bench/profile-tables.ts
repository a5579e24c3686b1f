/**
 * `npm run bench:profile -- --only W1`: where the time of a request goes. One workload against this project alone, under
 * V8's sampling profiler, and under PostgreSQL's own count of statements: CPU by file and by function, calls by statement.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
  startTime: number
  endTime: number
}

const root = join(import.meta.dirname, '../..')

/** Self time by file and by function of the samples of the last `seconds`, as Markdown; `requests` were answered in them. */
export function profileTables(folder: string, seconds: number, requests: number): string {
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile
  const byId = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const files = new Map<string, number>()
  const functions = new Map<string, number>()
  const from = profile.endTime - seconds * 1e6
  let at = profile.startTime
  for (const [index, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index] ?? 0
    at += delta
    const frame = byId.get(id)
    if (at < from || frame === undefined || frame.functionName === '(idle)') continue
    const place = placeOf(frame.url, frame.functionName)
    add(files, place, delta)
    add(functions, `${frame.functionName || '(anonymous)'} ${place}:${frame.lineNumber + 1}`, delta)
  }
  return [table('where', files, requests, 30), table('function', functions, requests, 40)].join('\n\n')
}

/** An empty folder for a profile. */
export function profileFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

function placeOf(url: string, name: string): string {
  if (url === '') return name === '(garbage collector)' ? 'garbage collector' : 'V8'
  if (!url.startsWith('file:')) return url
  const path = relative(root, fileURLToPath(url))
  const [, ofPackage] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
  return ofPackage ?? path
}

function add(map: Map<string, number>, key: string, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value)
}

function table(head: string, times: ReadonlyMap<string, number>, requests: number, most: number): string {
  const rows = [...times].toSorted(([, a], [, b]) => b - a).slice(0, most)
  const total = [...times.values()].reduce((a, b) => a + b, 0)
  const lines = rows.map(
    ([name, us]) => `| ${name} | ${(us / requests).toFixed(0)} | ${((100 * us) / total).toFixed(1)} |`,
  )
  return [`| ${head} | µs a request | % |`, '|---|---|---|', ...lines].join('\n')
}
