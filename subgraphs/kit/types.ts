/**
 * What a national database tells the kit about itself. Everything else (SQL, batching, decisions, masks, the log) the
 * kit derives from this, so a subgraph folder is data: tables and edges.
 */
import type { GraphQLResolveInfo } from 'graphql'
import type { Client, Pool, PoolConfig } from 'pg'
import type { DisclosureEntry, DisclosureLog, DisclosureRecord } from '../../policy/disclosure.ts'
import type { Rule } from '../../policy/rule.ts'
import type { Decision, FieldClass, PersonFacts, Principal } from '../../policy/types.ts'
import type { Walk } from '../../synthetic/types.ts'
import type { ReserveTries } from './counting/claim-tries.ts'
import type { ReadingCounts } from './counting/reading-counts.ts'

/** The rows of one GraphQL object type. SQL fragments are constants of the source, never built from input. */
export type Table = {
  /** GraphQL object type */
  type: string
  /** Table or view; its rows are called `t` in the expressions below. */
  from: string
  /** Primary key column. */
  key: string
  keyType: 'text' | 'uuid' | 'bigint'
  /**
   * The persons a row speaks of: person field of `@subject` -> SQL expression giving a text or text[] of personal
   * numbers. Absent for rows that speak of nobody.
   */
  persons?: Readonly<Record<string, string>>
  /**
   * The row's own fields speak of what its persons have in common (the address of a household), not of one of them: each
   * of them opens these, by every way to the row. Without it, what speaks of people needs the verdict of each.
   */
  isCommon?: boolean
  /** Which place counts for jurisdiction: SQL expressions for the province and, where known, the commune code. */
  place?: { province: string; commune?: string }
  /** SQL expression for the date that a consent's data period is compared with. */
  when?: string
  /** Where rows speak of nobody: which keys are those of rows, from a memory that is as good as the database. */
  keys?: (context: SubgraphContext) => Promise<ReadonlySet<string>>
  /** Scalar or enum field -> SQL expression that gives the value as GraphQL wants it. */
  columns: Readonly<Record<string, string>>
}

/** Where the value of a field that returns objects comes from. Scalar fields need none: they are `columns`. */
export type Edge =
  /** A row by an identifier the caller presents: absent and denied look alike (design I4). */
  | { kind: 'lookup'; table: Table; key: (args: Record<string, unknown>, context: SubgraphContext) => string }
  /** At most one row whose column `by` is the parent's key (or, on Citizen, the personal number). */
  | { kind: 'one'; table: Table; by: string; where?: string }
  /** All rows (at most 200) whose column `by` is the parent's key. */
  | { kind: 'list'; table: Table; by: string; where?: string }
  /** The same in pages: `first`, `after`, ordered by the table's key. */
  | { kind: 'connection'; table: Table; by: string; where?: string }
  /** The row whose key stands in the parent's own column expression. */
  | { kind: 'reference'; table: Table; column: string }
  /** The same row seen as a nested type: `table` shares `from` and `key` with the parent's. */
  | { kind: 'embed'; table: Table }
  /** The person in a person field of the row, as a Citizen entity: no SQL. */
  | { kind: 'person'; field: string }
  /** An entity of an open catalogue, by a code in the parent's own column expression: `{__typename, [keyField]: code}`. */
  | { kind: 'catalogue'; type: string; keyField: string; column: string; many?: boolean }
  /**
   * Anything else; the kit has decided before it is called: on the parent's row, or at a root on the persons and places
   * that `about` names. Plain objects it returns are judged as that row; rows as themselves.
   */
  | {
      kind: 'resolve'
      about?: (
        args: Record<string, unknown>,
        context: SubgraphContext,
      ) => { persons?: readonly string[]; place?: readonly string[] }
      resolve: (
        parent: Row | null,
        args: Record<string, unknown>,
        context: SubgraphContext,
        info: GraphQLResolveInfo,
      ) => unknown
    }
  /**
   * The same where nobody is spoken of, and being asked twice does no harm: it changes, counts and records nothing. It is
   * asked of many parents at once, and gives as many values in their order, which may be shared with other requests.
   */
  | {
      kind: 'impersonal'
      /** Where it gives rows of one table: those that it gives. */
      listed?: ListedRows
      resolve: (
        parents: readonly (Row | null)[],
        args: Record<string, unknown>,
        context: SubgraphContext,
      ) => Promise<readonly unknown[]>
    }

/** The rows of a table that a root field ranges over. SQL is a constant of the source; `$1…` are `values`. */
export type ListedRows = {
  table: Table
  where: string
  order: string
  values: (args: Readonly<Record<string, unknown>>) => readonly unknown[]
}

/** A row that was found but not read: what identifies and places it, nothing else. */
export type Row = {
  __typename: string
  table: Table
  key: string
  persons: readonly string[]
  personsByField: Readonly<Record<string, readonly string[]>>
  /** Province and commune codes; empty where unknown. */
  place: readonly string[]
  when: string | null
  /** False for a presented identifier without a row. */
  exists: boolean
}

export type SubgraphDefinition = {
  /** Folder name; also the GraphQL subgraph name and, with `_` for `-`, the database name. */
  name: string
  /** Agency id (schema/agencies.yaml) */
  owner: string
  /** `import.meta.dirname` of the subgraph's index.ts: schema.graphql, rules.yaml, migrations/ and cases.yaml are there. */
  folder: string
  tables: readonly Table[]
  /** Type -> field -> edge, Query and Mutation included. */
  edges: Readonly<Record<string, Readonly<Record<string, Edge>>>>
  /** Database roles besides `<database>_app`, which every subgraph has. */
  roles?: readonly string[]
  /** Fills an empty, migrated database as its owner. Deterministic: same population, same bytes. */
  seed?: (client: Client, population: Walk) => Promise<void>
  /** Other subgraphs whose databases its background work counts in, as `<database>_linkage`: functions, no rows of people. */
  links?: readonly string[]
  /** Other subgraphs whose databases it asks whether claims agree, as `<database>_verifier`: functions, no values. */
  compares?: readonly string[]
  /** Runs beside the server (relay, sequencer); ends when the signal aborts. Must never reject. */
  background?: (services: SubgraphServices, signal: AbortSignal) => Promise<void>
}

/** What the process gives every subgraph in it. */
export type SubgraphServices = {
  /** The subgraph's own database, as `<database>_app`. */
  pool: Pool
  /** The same database as another of the definition's `roles` (a sequencer, a relay). Whoever asks ends the pool. */
  poolAs?: (role: string) => Pool
  /** How a job in a process of its own connects to a database; absent where jobs are not to run. */
  databaseOf?: (subgraph: string, role: string) => PoolConfig
  log: DisclosureLog
  facts: FactStore
  counts: ReadingCounts
  ids: SealedIds
  /** Subgraph-specific secrets and keys (receipt signing, pseudonyms). */
  keys: Keys
  graph: GraphFacts
  clock: () => Date
  /** For a subgraph that compares: those databases by their subgraph's name, and where tries are taken. */
  verifying?: { databases: ReadonlyMap<string, Pool>; reserve: ReserveTries }
  /** Takes one line for operators, without values. */
  report?: (line: string) => void
  /** Every fetch goes the plain path: what the compiled one is compared with. */
  isPlain?: boolean
}

/** What the whole composed graph says of itself: consents and cases name coordinates of other databases. */
export type GraphFacts = {
  /** By `Type.field` */
  classes: ReadonlyMap<string, FieldClass>
  /** Dictionary id -> its names (schema/dictionary.csv and every subgraph's dictionary.csv). */
  names: ReadonlyMap<string, { vi: string; en: string }>
  /** The rules this process decides by. */
  rules: readonly Rule[]
  /** Both as in every disclosure record. */
  bundleHash: string
  schemaHash: string
}

export type Keys = {
  /** Ed25519 private key as PKCS#8 PEM with its key id: signs receipts and log records (LOG_SIGNING_KEY). */
  signing: { kid: string; privateKey: import('node:crypto').KeyObject; publicKey: import('node:crypto').KeyObject }
  /** 32 bytes: subjects and staff become pseudonyms in the log under it (LOG_PSEUDONYM_KEY). */
  pseudonym: Uint8Array
}

/** Built for one subgraph request; dies with it. */
export type SubgraphContext = {
  principal: Principal
  requestId: string
  /** Made by the gateway, one for all fetches of a request; never the client's. */
  traceId: string
  services: SubgraphServices
  /** Decides, batches, reads and records; the only way to rows. */
  gate: Gate
}

export type Gate = {
  /** The verdict for a field of a row; `isSilent` leaves no line in the record. */
  decide: (row: Row, coordinate: string, options?: { isSilent?: boolean }) => Promise<Decision>
  /** The row with this key: what identifies and places it. `exists` is false where there is none. */
  row: (table: Table, key: string) => Promise<Row>
  /** The column `key` of a statement of the source, row by row, from the snapshot that everything else is read from. */
  keys: (text: string, values: readonly unknown[]) => Promise<string[]>
  /** One column value; batched into one statement a table a tick; only for coordinates decided ALLOW or MASK. */
  read: (row: Row, field: string) => Promise<unknown>
  /** Adds a line to the request's disclosure record (mutations, custom resolvers). */
  record: (entry: DisclosureEntry) => void
  /** Seals and opens the cursors of one list; `open` throws BAD_USER_INPUT. */
  cursors: (
    coordinate: string,
    args: Readonly<Record<string, unknown>>,
  ) => { seal: (position: string) => string; open: (cursor: string) => string }
}

/** Facts about many persons for one caller, in one query, on the primary. Throws when the store can't be read. */
export type FactStore = {
  /** What this request has learnt already. */
  known?: (person: string) => PersonFacts | undefined
  /** A read that this trace has already taken of a bounded consent is still there for its other fetches. */
  load: (persons: readonly string[], principal: Principal, traceId: string) => Promise<ReadonlyMap<string, PersonFacts>>
  /** Takes one read of each consent with a bound, once a trace; false for those that have none left. */
  reserve: (consentIds: readonly string[], traceId: string) => Promise<ReadonlyMap<string, boolean>>
}

/** Ids sealed with AES-SIV (RFC 5297), bound to type and audience. */
export type SealedIds = {
  seal: (type: string, key: string, audience: string) => string
  /** Null for anything forged, foreign, of another type or under no known key. */
  open: (id: string, type: string, audience: string) => string | null
  /** The type an id claims, unverified; null when it has no id's shape. */
  typeOf: (id: string) => string | null
}

export type { DisclosureEntry, DisclosureLog, DisclosureRecord }
