import type { Edge, Row, SubgraphContext } from '../kit/types.ts'
import { loadNames } from './names.ts'
import { disclosures, entriesOf, recordKey } from './review-log.ts'
import { disclosure } from './tables.ts'
import { timeline } from './timeline.ts'

const names = loadNames()

/** An edge to a plain object made from the row's own column of the same name; null where that is null. */
function named(field: string, from: (value: unknown, context: SubgraphContext) => unknown): Edge {
  return {
    kind: 'resolve',
    resolve: async (row, _args, context) => {
      const value = await context.gate.read(present(row), field)
      return value === null ? null : from(value, context)
    },
  }
}

function present(row: Row | null): Row {
  if (row === null) throw new TypeError('the field stands on a row')
  return row
}

const organisation = named('organisation', (id) => names.organisation(String(id)))
const purpose = named('purpose', (code) => names.purpose(String(code)))
const fieldsOf = (coordinates: unknown, { services }: SubgraphContext): unknown =>
  (coordinates as readonly string[]).map((coordinate) => names.field(coordinate, services.graph))

/** Where the objects of the log come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Query: {
    disclosures: { kind: 'resolve', resolve: (_root, args, context) => disclosures(args, context) },
    disclosure: { kind: 'lookup', table: disclosure, key: recordKey },
  },
  Citizen: {
    accessHistory: { kind: 'resolve', resolve: (row, args, context) => timeline(present(row), args, context) },
  },
  AccessEvent: {
    subject: { kind: 'person', field: 'subject' },
    organisation,
    purpose,
    fields: named('fields', fieldsOf),
    reference: {
      kind: 'resolve',
      resolve: (row, _args, { services, principal }) =>
        services.ids.seal('AccessEvent', present(row).key, principal.audience),
    },
  },
  Disclosure: {
    organisation,
    purpose,
    entries: { kind: 'resolve', resolve: (row, args, context) => entriesOf(present(row), args, context) },
  },
}
