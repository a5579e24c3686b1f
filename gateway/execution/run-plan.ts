import type { GraphQLDataSource } from '@apollo/gateway'
import type { GatewayExecutor } from '@apollo/server-gateway-interface'
import { GraphQLError } from 'graphql'
import type { FetchNode, KeyPart, PlanNode, QueryPlan } from './plan-types.ts'

type Data = Record<string, unknown>
type Path = readonly (string | number)[]
type Errors = { message: string; path?: Path; extensions?: Record<string, unknown> }
export type RequestContext = Parameters<GatewayExecutor>[0]

/** Objects of the answer at one place of the plan, and the path there: `@` stands for the elements of a list. */
type Cursor = { path: readonly string[]; data: unknown; whole: Data }

/**
 * Runs a plan of Apollo's: every fetch, joined into one tree. Only for plans that are `isRunnable`. Rejects
 * where a data source does.
 */
export async function runPlan(
  { node }: QueryPlan,
  request: RequestContext,
  sourceOf: (subgraph: string) => GraphQLDataSource,
): Promise<{ data: Data; errors: GraphQLError[] }> {
  const data: Data = Object.create(null) as Data
  const errors: GraphQLError[] = []
  const variables: Data = request.request.variables ?? {}
  if (node !== undefined) await run(node as PlanNode, { path: [], data, whole: data })
  return { data, errors }

  async function run(at: PlanNode, cursor: Cursor): Promise<void> {
    switch (at.kind) {
      case 'Sequence':
        for (const next of at.nodes) await run(next, cursor)
        return
      case 'Parallel':
        await Promise.all(at.nodes.map((next) => run(next, cursor)))
        return
      case 'Flatten': {
        const below = flattened(cursor.data, at.path as string[])
        if (below === null || below === undefined) return
        return run(at.node, { path: [...cursor.path, ...(at.path as string[])], data: below, whole: cursor.whole })
      }
      case 'Fetch':
        return fetched(at, cursor)
      case 'Condition':
      case 'Defer':
        throw new Error(`a plan with ${at.kind} is not run here`)
    }
  }

  async function fetched(fetch: FetchNode, cursor: Cursor): Promise<void> {
    const objects = (Array.isArray(cursor.data) ? cursor.data : [cursor.data]).filter(
      (one) => one !== null && one !== undefined,
    ) as Data[]
    const given: Data = {}
    for (const name of fetch.variableUsages ?? [])
      if (Object.hasOwn(variables, name) && variables[name] !== undefined) given[name] = variables[name]
    if (fetch.requires === undefined) {
      const answer = await sent(fetch, given, cursor)
      for (const object of objects) merged(object, answer)
      return
    }
    const standing: Data[] = []
    const representations: Data[] = []
    for (const object of objects) {
      const representation = represented(object, fetch.requires as KeyPart[])
      if (typeof representation?.['__typename'] !== 'string') continue
      standing.push(object)
      representations.push(representation)
    }
    if (representations.length === 0) return
    const answer = await sent(fetch, { ...given, representations }, cursor)
    const entities = answer?.['_entities']
    if (!Array.isArray(entities)) return
    for (const [index, entity] of entities.entries()) merged(standing[index] as Data, entity as Data | null)
  }

  async function sent(fetch: FetchNode, given: Data, cursor: Cursor): Promise<Data | null> {
    const response = await sourceOf(fetch.serviceName).process({
      kind: 'incoming operation',
      request: { query: fetch.operation, variables: given, operationName: fetch.operationName },
      incomingRequestContext: request,
      context: request.context,
      document: fetch.operationDocumentNode,
    } as unknown as Parameters<GraphQLDataSource['process']>[0])
    if (response.errors) errors.push(...told(response.errors as Errors[], fetch, cursor))
    return (response.data as Data | null | undefined) ?? null
  }
}

/** What a subgraph is told an object is; null where a part of the key is not there. */
function represented(object: Data, requires: readonly KeyPart[]): Data | null {
  const representation: Data = Object.create(null) as Data
  for (const required of requires) {
    if (required.kind !== 'InlineFragment' || required.typeCondition !== object['__typename']) continue
    for (const field of required.selections) {
      if (field.kind !== 'Field') continue
      const key = field.alias ?? field.name
      if (!Object.hasOwn(object, key) || object[key] === undefined) return null
      representation[key] = object[key]
    }
  }
  return representation
}

function flattened(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0 || value === null || value === undefined) return value
  const [step = '', ...rest] = path
  if (step === '@') return (value as unknown[]).flatMap((item) => flattened(item, rest))
  const object = value as Data
  return flattened(Object.hasOwn(object, step) ? object[step] : undefined, rest)
}

/** Errors at their places in the answer: an entity's path begins where the entity stands. */
function told(failures: readonly Errors[], { requires }: FetchNode, cursor: Cursor): GraphQLError[] {
  let places: Path[] | null = null
  return failures.map(({ message, path, extensions }) => {
    const entity = path?.[1]
    const isOfEntity = requires !== undefined && typeof entity === 'number'
    if (isOfEntity) places ??= placesOf(cursor.whole, cursor.path)
    const at = isOfEntity ? [...(places?.[entity] ?? []), ...(path ?? []).slice(2)] : path && [...cursor.path, ...path]
    return new GraphQLError(message, { path: at, extensions })
  })
}

/** The path of each object that a plan's path leads to. */
function placesOf(whole: unknown, path: readonly string[], before: Path = []): Path[] {
  if (whole === null || whole === undefined) return []
  const [step, ...rest] = path
  if (step === undefined) return [before]
  if (step === '@') return (whole as unknown[]).flatMap((item, index) => placesOf(item, rest, [...before, index]))
  const object = whole as Data
  return Object.hasOwn(object, step) ? placesOf(object[step], rest, [...before, step]) : []
}

/** Joins what a subgraph gave into the tree. */
function merged(target: Data, source: Data | null): void {
  if (source === null) return
  for (const key of Object.keys(source)) {
    const value = source[key]
    if (value === undefined) continue
    const known = Object.hasOwn(target, key) ? target[key] : undefined
    if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
      for (const [index, item] of value.entries()) {
        if (isObject(known[index]) && isObject(item)) merged(known[index], item)
        else known[index] = item
      }
    } else if (isObject(known) && isObject(value)) merged(known, value)
    else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true })
  }
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
