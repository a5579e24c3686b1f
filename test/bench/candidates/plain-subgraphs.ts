/** The plain subgraphs in one process, each at its path: parsed and validated once a text, executed by graphql-js. */
import { type DocumentNode, execute, parse, validate } from 'graphql'
import { createLoaders } from '../plain/resolvers.ts'
import { plainSchemas } from '../plain/schemas.ts'
import { serveJson } from '../plain/answer.ts'
import { poolsFromEnvironment } from '../plain/pools.ts'

const pools = poolsFromEnvironment()
const schemas = plainSchemas()
const documents = new Map<string, DocumentNode>()

const { port } = await serveJson(async (path, { query, operationName, variables }) => {
  const name = path.slice(1)
  const schema = schemas.get(name)
  if (schema === undefined) throw new Error(`no subgraph ${name}`)
  const key = `${name} ${query}`
  const document = documents.get(key) ?? parse(query)
  if (!documents.has(key)) {
    const errors = validate(schema, document)
    if (errors.length > 0) return { errors }
    documents.set(key, document)
  }
  const contextValue = createLoaders(pools(name))
  return execute({ schema, document, contextValue, variableValues: variables, operationName })
})
console.log(`answers at http://127.0.0.1:${port}`)
