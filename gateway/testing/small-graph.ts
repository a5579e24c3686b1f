import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface'
import { buildSchema, execute, GraphQLError, isScalarType, valueFromASTUntyped } from 'graphql'
import type { ExecutionResult, GraphQLSchema } from 'graphql'

/** A graph without federation or databases, for tests of the server around it. */
export const smallSchema: GraphQLSchema = buildSchema(`
  type Query { me: Citizen  citizen(personalId: PersonalId!): Citizen  citizens(first: Int = 20, after: String): CitizenConnection  boom: String  slow: String }
  type Mutation { withdraw(id: ID!): Boolean }
  type Citizen { fullName: String  ethnicity: String  relatives: [Citizen!]  neighbours(first: Int): CitizenConnection }
  type CitizenConnection { nodes: [Citizen!]!  edges: [CitizenEdge!]!  pageInfo: PageInfo! }
  type CitizenEdge { cursor: String!  node: Citizen! }
  type PageInfo { hasNextPage: Boolean!  endCursor: String }
  scalar PersonalId
`)

const personalId = smallSchema.getType('PersonalId')
if (isScalarType(personalId)) {
  personalId.parseValue = personalNumber
  personalId.parseLiteral = (node) => personalNumber(valueFromASTUntyped(node))
}

/** Quotes its input in the error, as a careless scalar would. */
function personalNumber(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{12}$/.test(value))
    throw new GraphQLError(`not a personal number: ${String(value)}`)
  return value
}

/** What the root fields answer with; anything left out is null. */
export type Roots = Readonly<Record<string, (args: Record<string, unknown>, context: unknown) => unknown>>

/** A gateway that executes the small schema itself. */
export function smallGateway(roots: Roots = {}): GatewayInterface {
  return gatewayOf(
    async ({ document, request, context, operationName }) =>
      execute({
        schema: smallSchema,
        document,
        rootValue: roots,
        contextValue: context,
        variableValues: request.variables,
        operationName,
      }) as Promise<ExecutionResult<Record<string, unknown>>>,
  )
}

/** A gateway whose executor is given. */
export function gatewayOf(executor: GatewayExecutor): GatewayInterface {
  return {
    load: () => Promise.resolve({ executor }),
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: smallSchema, coreSupergraphSdl: '' })
      return () => {}
    },
    stop: () => Promise.resolve(),
  }
}
