import { createRequire } from 'node:module'
import util from 'node:util'
import { isObjectType, type GraphQLError, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql'

/** The verdict on one field of one parent: true, or the error that stands in its place. */
export type FieldGuard<Context> = (
  coordinate: string,
) =>
  | 'always'
  | 'never'
  | ((
      parent: unknown,
      args: Record<string, unknown>,
      context: Context,
      info: GraphQLResolveInfo,
    ) => Promise<true | GraphQLError>)

type Shield = {
  shield: (rules: unknown, options: unknown) => unknown
  rule: (options: { cache: 'no_cache' }) => (check: (...args: never[]) => Promise<true | GraphQLError>) => unknown
  allow: unknown
  deny: unknown
}
type Middleware = { applyMiddleware: (schema: GraphQLSchema, ...middleware: unknown[]) => GraphQLSchema }

// graphql-shield 7.6.5 loads on Node 24 as CommonJS only, and its `chain` and `race` call a function Node removed.
const node = util as { isUndefined?: (value: unknown) => boolean }
node.isUndefined ??= (value) => value === undefined
const require = createRequire(import.meta.url)
const { shield, rule, allow, deny } = require('graphql-shield') as Shield
const { applyMiddleware } = require('graphql-middleware') as Middleware

/**
 * Puts a guard before every field of every concrete object type: interface rules would be ignored, a root rule would
 * not hold for `_entities`. A field the guard does not know of is denied. Errors are returned, never thrown, so that
 * code and remedy arrive. Nothing is cached: the answer depends on the row.
 */
export function shieldSchema<Context>(schema: GraphQLSchema, guard: FieldGuard<Context>): GraphQLSchema {
  const rules: Record<string, Record<string, unknown>> = {}
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    const fields = Object.keys(type.getFields()).map((field) => {
      const check = guard(`${type.name}.${field}`)
      return [field, check === 'always' ? allow : check === 'never' ? deny : rule({ cache: 'no_cache' })(check)]
    })
    rules[type.name] = Object.fromEntries(fields)
  }
  return applyMiddleware(schema, shield(rules, { allowExternalErrors: true, fallbackRule: deny }))
}
