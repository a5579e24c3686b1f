import { loadAnomalyFigures } from '../../policy/load-policy.ts'
import type { Edge, Row, SubgraphContext } from '../kit/types.ts'
import { loadNames } from './names.ts'
import { logConsistency, logHead } from './log-head.ts'
import { readProof, recordOfEntry } from './read-proof.ts'
import { disclosures, entriesOf, recordKey, rowFrom } from './review-log.ts'
import { disclosure } from './tables.ts'
import { anomalies } from './anomalies/anomalies.ts'
import { createAccessDiff } from './rights/access-diff.ts'
import { archivedBundles } from './rights/archived-bundles.ts'
import { createUnused } from './rights/unused.ts'
import { createMeteredUse, meteredTotal } from './metering/read-use.ts'
import { timeline } from './timeline.ts'
import { giveVolumeApproval, requestVolumeApproval, volumeApprovals } from './volume-approvals.ts'
import { volumeBudgets, type UseSource } from './volume-budgets.ts'

const names = loadNames()
const figures = loadAnomalyFigures()
const accessDiff = createAccessDiff()
const unusedRights = createUnused()

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

function proof(of: (row: Row) => [record: string, entry: string | null]): Edge {
  return {
    kind: 'resolve',
    resolve: async (row, _args, { services }) => {
      const found = await readProof(services.pool, ...of(present(row)))
      return found === null ? null : JSON.stringify(found)
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

const useOf = ({ services }: SubgraphContext): UseSource => ({
  database: services.pool,
  now: services.clock(),
  volume: services.counts.figures,
  names,
})

/** Where the objects of the log come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Query: {
    disclosures: { kind: 'resolve', resolve: (_root, args, context) => disclosures(args, context) },
    volumeBudgets: { kind: 'resolve', resolve: (_root, args, context) => volumeBudgets(args, useOf(context)) },
    volumeApprovals: { kind: 'resolve', resolve: (_root, _args, context) => volumeApprovals(context, names) },
    anomalies: {
      kind: 'resolve',
      resolve: async (_root, args, context) => {
        const found = await anomalies(args, useOf(context), figures)
        return found.map(({ records, ...one }) => ({ ...one, records: records.map((key) => rowFrom(disclosure, key)) }))
      },
    },
    archivedBundles: {
      kind: 'resolve',
      resolve: (_root, { kind }, { services }) => archivedBundles(services.pool, kind, services.graph),
    },
    accessDiff: { kind: 'resolve', resolve: (_root, args, { services }) => accessDiff(args, services) },
    unusedRights: {
      kind: 'resolve',
      resolve: (_root, { since }, { services }) => unusedRights(new Date(String(since)), services),
    },
    meteredUse: { kind: 'resolve', resolve: createMeteredUse(names) },
    meteredTotal: { kind: 'resolve', resolve: meteredTotal },
    disclosure: { kind: 'lookup', table: disclosure, key: recordKey },
    logHead: { kind: 'resolve', resolve: (_root, _args, { services }) => logHead(services.pool) },
    logConsistency: { kind: 'resolve', resolve: (_root, args, { services }) => logConsistency(services.pool, args) },
  },
  Mutation: {
    requestVolumeApproval: {
      kind: 'resolve',
      resolve: (_root, args, context) => requestVolumeApproval(args, context, names),
    },
    giveVolumeApproval: {
      kind: 'resolve',
      resolve: (_root, args, context) => giveVolumeApproval(args, context, names),
    },
  },
  Citizen: {
    accessHistory: { kind: 'resolve', resolve: (row, args, context) => timeline(present(row), args, context) },
  },
  AccessEvent: {
    subject: { kind: 'person', field: 'subject' },
    organisation,
    purpose,
    fields: named('fields', fieldsOf),
    // Of a record that speaks of several people only this person's entry is shown: the others stand in it as hashes.
    proof: proof(({ key }) => [recordOfEntry(key), key]),
    reference: {
      kind: 'resolve',
      resolve: (row, _args, { services, principal }) =>
        services.ids.seal('AccessEvent', present(row).key, principal.audience),
    },
  },
  Disclosure: {
    organisation,
    purpose,
    proof: proof(({ key }) => [key, null]),
    entries: { kind: 'resolve', resolve: (row, args, context) => entriesOf(present(row), args, context) },
  },
}
