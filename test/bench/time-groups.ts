import { relative, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A profile as V8 writes it; times in microseconds. */
export type CpuProfile = {
  nodes: {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number }
    children?: number[]
  }[]
  samples: number[]
  timeDeltas: number[]
  startTime: number
  endTime: number
}

const root = join(import.meta.dirname, '../..')
export const idle = 'idle'
const node = 'Node itself: sockets, timers, promises'

/** What a frame is part of, by its file or, of V8's own, its name; the first that matches. */
const groups: readonly (readonly [what: string, where: RegExp])[] = [
  [idle, /^\(idle\)$/],
  ['collecting garbage', /^\(garbage collector\)$/],
  ['parsing, validation and limits', /^node_modules\/graphql\/(language|validation|utilities)\/|^policy\/operation\//],
  ['planning', /^node_modules\/@apollo\/(gateway|query-planner|query-graphs|federation-internals)\//],
  [
    'the record',
    /^subgraphs\/(kit\/log|oversight)\/|^evidence\/|^policy\/(entry-recorder|joined-entries|disclosure)\.ts/,
  ],
  ['tokens', /^identity\/|^node_modules\/jose\/|^gateway\/principal\.ts/],
  [
    'authorisation: decisions, facts, masks, counting',
    /^policy\/|^gateway\/authorise|^subgraphs\/kit\/(counting\/|gate|(repeated-)?verdicts|fact-store|shared-facts)/,
  ],
  ['the PostgreSQL wire', /^node_modules\/(pg|pg-[a-z]+|postgres-[a-z]+)\//],
  [
    'shaping answers',
    /^gateway\/execution\/|^node_modules\/graphql\/|^subgraphs\/kit\/(compiled\/(answer|co)|scalars\/)/,
  ],
  ['statements and rows', /^subgraphs\//],
  [
    'HTTP and Apollo',
    /^gateway\/|^node:_http|^node_modules\/(fastify|@fastify|@apollo|@as-integrations|find-my-way)\//,
  ],
]

/** A time of a profile: by the same clock as process.hrtime, in microseconds. */
export type Span = { from: number; to: number }

/**
 * The time of a span by what it went into: a sample counts for the innermost frame that is part of something, so a hash
 * made for the record is the record's. The largest first.
 */
export function timeGroups(profile: CpuProfile, span: Span): { what: string; us: number }[] {
  const whatOf = new Map<number, string>()
  const byId = new Map(profile.nodes.map((each) => [each.id, each]))
  // Callers before those that they call.
  const waiting = profile.nodes.slice(0, 1).map((first) => ({ each: first, above: node }))
  for (const { each, above } of waiting) {
    const what = ownGroup(each.callFrame) ?? above
    whatOf.set(each.id, what)
    for (const child of each.children ?? []) {
      const found = byId.get(child)
      if (found !== undefined) waiting.push({ each: found, above: what })
    }
  }
  const times = new Map<string, number>()
  for (const { id, us } of samplesIn(profile, span)) {
    const what = whatOf.get(id) ?? node
    times.set(what, (times.get(what) ?? 0) + us)
  }
  return [...times].map(([what, us]) => ({ what, us })).toSorted((a, b) => b.us - a.us)
}

/** The samples of a span, with the time of each. */
export function samplesIn(
  { samples, timeDeltas, startTime }: CpuProfile,
  { from, to }: Span,
): { id: number; us: number }[] {
  let at = startTime
  const found: { id: number; us: number }[] = []
  for (const [index, id] of samples.entries()) {
    const us = timeDeltas[index] ?? 0
    at += us
    if (at >= from && at <= to) found.push({ id, us })
  }
  return found
}

/** A file as the project names it, from its root; one of a package begins with `node_modules/`. */
export function fileOf(url: string): string {
  if (!url.startsWith('file:')) return url
  const path = relative(root, fileURLToPath(url))
  const installed = path.lastIndexOf('node_modules/')
  return installed === -1 ? path : path.slice(installed)
}

function ownGroup({ url, functionName }: CpuProfile['nodes'][number]['callFrame']): string | null {
  const place = url === '' ? functionName : fileOf(url)
  return groups.find(([, where]) => where.test(place))?.[0] ?? null
}
