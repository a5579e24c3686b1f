import type { Row, SubgraphContext, Table } from '../kit/types.ts'
import { refuse } from './user-error.ts'

/** A row that this request has just made or found by itself, for the kit to decide on and read. */
export function rowOf(table: Table, key: string, persons: Readonly<Record<string, readonly string[]>> = {}): Row {
  const all = [...new Set(Object.values(persons).flat())]
  return {
    __typename: table.type,
    table,
    key,
    persons: all,
    personsByField: persons,
    place: [],
    when: null,
    exists: true,
  }
}

/** The key behind a sealed id. Ends the mutation for one that was not sealed for this caller and type. */
export function openId(id: string, type: string, context: SubgraphContext, field: readonly string[]): string {
  const key = context.services.ids.open(id, type, context.principal.audience)
  return key ?? refuse('NOT_FOUND', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' }, field)
}
