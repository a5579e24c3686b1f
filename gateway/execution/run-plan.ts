import type { GatewayExecutor } from '@apollo/server-gateway-interface'
import { GraphQLError } from 'graphql'
import type { FetchNode, KeyPart, PlanNode, PlanSource, QueryPlan } from './plan-types.ts'
import { sameQuestions } from './same-questions.ts'

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
  sourceOf: (subgraph: string) => PlanSource,
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
        await Promise.all(sameQuestions(at.nodes).map((group) => runTogether(group, cursor)))
        return
      case 'Flatten':
        return runTogether([at], cursor)
      case 'Fetch':
        return at.requires === undefined ? fetched(at, cursor) : fetchedEntities(at, [cursor])
      case 'Condition':
      case 'Defer':
        throw new Error(`a plan with ${at.kind} is not run here`)
    }
  }

  /** Steps that ask the same of other places of the answer are one fetch. */
  async function runTogether(group: readonly PlanNode[], cursor: Cursor): Promise<void> {
    const below: { node: PlanNode; cursor: Cursor }[] = []
    for (const node of group) {
      if (node.kind !== 'Flatten') below.push({ node, cursor })
      else {
        const path = node.path as string[]
        const data = flattened(cursor.data, path)
        const at = { path: [...cursor.path, ...path], data, whole: cursor.whole }
        if (data !== null && data !== undefined) below.push({ node: node.node, cursor: at })
      }
    }
    const [first] = below
    if (first === undefined) return
    if (first.node.kind === 'Fetch' && first.node.requires !== undefined)
      return fetchedEntities(
        first.node,
        below.map((one) => one.cursor),
      )
    await Promise.all(below.map((one) => run(one.node, one.cursor)))
  }

  async function fetched(fetch: FetchNode, cursor: Cursor): Promise<void> {
    const answer = await sent(fetch, {}, [cursor])
    for (const object of objectsAt(cursor)) merged(object, answer)
  }

  async function fetchedEntities(fetch: FetchNode, cursors: readonly Cursor[]): Promise<void> {
    const standing: Data[] = []
    const representations: Data[] = []
    for (const object of cursors.flatMap(objectsAt)) {
      const representation = represented(object, fetch.requires as KeyPart[])
      if (typeof representation?.['__typename'] !== 'string') continue
      standing.push(object)
      representations.push(representation)
    }
    if (representations.length === 0) return
    const answer = await sent(fetch, { representations }, cursors)
    const entities = answer?.['_entities']
    if (!Array.isArray(entities)) return
    for (const [index, entity] of entities.entries()) merged(standing[index] as Data, entity as Data | null)
  }

  async function sent(fetch: FetchNode, entities: Data, cursors: readonly Cursor[]): Promise<Data | null> {
    const given: Data = { ...entities }
    for (const name of fetch.variableUsages ?? [])
      if (Object.hasOwn(variables, name) && variables[name] !== undefined) given[name] = variables[name]
    const { serviceName, operation, operationName } = fetch
    const asked = { query: operation, variables: given, ...(operationName === undefined ? {} : { operationName }) }
    const response = await sourceOf(serviceName).process({
      request: asked,
      context: request.context,
    })
    if (response.errors) errors.push(...told(response.errors as Errors[], fetch, cursors))
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

/** The objects a cursor stands on. */
function objectsAt({ data }: Cursor): Data[] {
  return (Array.isArray(data) ? data : [data]).filter((one) => one !== null && one !== undefined) as Data[]
}

function flattened(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0 || value === null || value === undefined) return value
  const [step = '', ...rest] = path
  if (step === '@') return (value as unknown[]).flatMap((item) => flattened(item, rest))
  const object = value as Data
  return flattened(Object.hasOwn(object, step) ? object[step] : undefined, rest)
}

/** Errors at their places in the answer: an entity's path begins where the entity stands. */
function told(failures: readonly Errors[], { requires }: FetchNode, cursors: readonly Cursor[]): GraphQLError[] {
  let places: Path[] | null = null
  return failures.map(({ message, path, extensions }) => {
    const entity = path?.[1]
    const isOfEntity = requires !== undefined && typeof entity === 'number'
    if (isOfEntity) places ??= cursors.flatMap(({ whole, path: to }) => placesOf(whole, to))
    const at = isOfEntity
      ? [...(places?.[entity] ?? []), ...(path ?? []).slice(2)]
      : path && [...(cursors[0]?.path ?? []), ...path]
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
    else if (key === '__proto__')
      Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true })
    else target[key] = value
  }
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
