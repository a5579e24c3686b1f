import { type CpuProfile, fileOf, idle, samplesIn, type Span } from './time-groups.ts'

/** Self time by file and by function of the samples of a span, as Markdown; `requests` were answered in them. */
export function profileTables(profile: CpuProfile, span: Span, requests: number): string {
  const byId = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const files = new Map<string, number>()
  const functions = new Map<string, number>()
  for (const { id, us } of samplesIn(profile, span)) {
    const frame = byId.get(id)
    if (frame === undefined || frame.functionName === `(${idle})`) continue
    const place = placeOf(frame.url, frame.functionName)
    add(files, place, us)
    add(functions, `${frame.functionName || '(anonymous)'} ${place}:${frame.lineNumber + 1}`, us)
  }
  return [table('where', files, requests, 30), table('function', functions, requests, 40)].join('\n\n')
}

function placeOf(url: string, name: string): string {
  if (url === '') return name === '(garbage collector)' ? 'garbage collector' : 'V8'
  const file = fileOf(url)
  const [, ofPackage] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? []
  return ofPackage ?? file
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
