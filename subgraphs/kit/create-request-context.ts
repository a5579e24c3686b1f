import { absentRow } from './find-rows.ts'
import type { RequestContext } from './request-context.ts'
import type { SubgraphRequest } from './run-request.ts'
import type { SubgraphRuntime } from './runtime.ts'
import type { Row, SubgraphServices, Table } from './types.ts'

/** What resolvers and the compiled path know of the request they answer. */
export function createRequestContext(
  runtime: SubgraphRuntime,
  services: SubgraphServices,
  request: SubgraphRequest,
  gate: RequestContext['gate'],
): RequestContext {
  const { principal, requestId, traceId } = request
  const roots = new Map<string, Row>()
  const context: RequestContext = {
    principal,
    requestId,
    traceId,
    services,
    gate,
    masked: [],
    errorPlace: (coordinate) => {
      const { org, purpose, caseNumber } = principal
      return { coordinate, requestId, grantee: org, purpose, caseNumber }
    },
    isOpen: (coordinate) => runtime.classes.get(coordinate)?.level === 'L0',
    rootRow: (edge, args) => {
      const about = edge.kind === 'resolve' ? (edge.about?.(args, context) ?? {}) : {}
      const key = JSON.stringify([about.persons, about.place])
      const row = roots.get(key) ?? {
        ...absentRow(rootTable, ''),
        persons: about.persons ?? [],
        place: about.place ?? [],
      }
      roots.set(key, row)
      return row
    },
  }
  return context
}

/** Roots stand on no table: nothing can be read of them. */
const rootTable: Table = { type: 'Query', from: '', key: '', keyType: 'text', columns: {} }
