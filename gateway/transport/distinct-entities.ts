import { GraphQLError, type ExecutionResult } from 'graphql'

/** Representations without repeats, and where each of the original ones went. */
export type DistinctEntities = { representations: unknown[]; positions: number[] }

/** Equal representations are sent once: decisions then also run once for each person. */
export function distinctEntities(representations: readonly unknown[]): DistinctEntities {
  const seen = new Map<string, number>()
  const distinct: unknown[] = []
  const positions = representations.map((representation) => {
    const key = JSON.stringify(representation)
    const known = seen.get(key)
    if (known !== undefined) return known
    seen.set(key, distinct.length)
    return distinct.push(representation) - 1
  })
  return { representations: distinct, positions }
}

/** The answer for the original list: data and errors of each distinct entity at every place it came from. */
export function repeatEntities(result: ExecutionResult, positions: readonly number[]): ExecutionResult {
  if (positions.every((position, index) => position === index)) return result
  const entities = result.data?.['_entities']
  const places = new Map<number, number[]>()
  for (const [index, position] of positions.entries()) {
    const known = places.get(position)
    if (known === undefined) places.set(position, [index])
    else known.push(index)
  }
  const errors = result.errors?.flatMap((error) => {
    const [root, position, ...rest] = error.path ?? []
    if (root !== '_entities' || typeof position !== 'number') return [error]
    return (places.get(position) ?? []).map(
      (index) => new GraphQLError(error.message, { path: ['_entities', index, ...rest], extensions: error.extensions }),
    )
  })
  // A copy each: the gateway merges later answers into these objects.
  const repeated = Array.isArray(entities)
    ? { _entities: positions.map((position) => structuredClone(entities[position] as unknown)) }
    : result.data
  return { ...(errors === undefined ? {} : { errors }), ...(repeated === undefined ? {} : { data: repeated }) }
}
