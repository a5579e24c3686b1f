import type { ArgumentModel } from './subgraph-model.ts'
import type { ArgumentClass } from './types.ts'

/** The arguments that touch a classified field, by coordinate. Where subgraphs differ, filtering is the stricter use. */
export function classifiedArguments(all: readonly ArgumentModel[]): ReadonlyMap<string, ArgumentClass> {
  const found = new Map<string, ArgumentClass>()
  for (const { coordinate, written } of all) {
    if (written.of === undefined || written.use === undefined) continue
    const before = found.get(coordinate)
    found.set(coordinate, before?.use === 'FILTER' ? before : { of: written.of, use: written.use })
  }
  return found
}
