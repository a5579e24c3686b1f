import type { SchemaModel, Rule } from '../schema-model.ts'
import { selectionCoordinates } from '../selection-coordinates.ts'
import { laxerThan } from '../strictness.ts'
import type { Problem } from '../types.ts'

type Sources = ReadonlyMap<string, readonly string[]>

/**
 * A computed field is at least as strict as the join of what it is computed from, over any number of hops; its sources
 * exist, and it isn't computed from itself (invariant I1).
 */
export const laundering: Rule = (schema) => {
  const sources = sourcesOf(schema)
  return [...sources.keys()].flatMap((coordinate) => problemsOf(schema, sources, coordinate))
}

/** What each computed field names in `from`, and what its `@requires` reads. */
function sourcesOf(schema: SchemaModel): Sources {
  const sources = new Map<string, readonly string[]>()
  for (const field of schema.fields) {
    const required = field.requires.flatMap((text) => selectionCoordinates(schema, field.type, text) ?? [])
    const named = [...(field.merged.from ?? []), ...required]
    if (named.length > 0) sources.set(field.coordinate, [...(sources.get(field.coordinate) ?? []), ...named])
  }
  return sources
}

function problemsOf(schema: SchemaModel, sources: Sources, coordinate: string): readonly Problem[] {
  const problems: Problem[] = []
  const own = schema.classes.get(coordinate)
  const seen = new Set<string>()
  const follow = (from: string, path: readonly string[]): void => {
    for (const source of sources.get(from) ?? []) {
      const way = [...path, source]
      if (source === coordinate) problems.push({ coordinate, reason: `is computed from itself: ${way.join(' <- ')}` })
      if (seen.has(source) || source === coordinate) continue
      seen.add(source)
      const theirs = schema.classes.get(source)
      const lax = own && theirs ? laxerThan(own, theirs) : []
      if (!theirs) problems.push({ coordinate, reason: `is computed from ${source}, which no subgraph classifies` })
      if (lax.length > 0)
        problems.push({ coordinate, reason: `is laxer than its source ${way.join(' <- ')}: ${lax.join('; ')}` })
      follow(source, way)
    }
  }
  follow(coordinate, [coordinate])
  return problems
}
