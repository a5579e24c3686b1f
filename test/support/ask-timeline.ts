import type { ExecutionResult } from 'graphql'
import { expect } from 'vitest'
import type { DisclosureEntry, DisclosureRecord } from '../../policy/disclosure.ts'
import type { Principal } from '../../policy/types.ts'
import { createSealedIds } from '../../subgraphs/kit/sealed-ids.ts'
import oversight from '../../subgraphs/oversight/index.ts'
import { askSubgraph } from './ask-subgraph.ts'
import { disclosureRecord, officer } from './disclosures.ts'
import { oversightDatabase } from './oversight-database.ts'

/** `askSubgraph` asks at 2026-11-22T02:00Z. */
export const askedAt = new Date('2026-11-22T02:00:00Z')

/** So many days before timelines are asked for. */
export function daysAgo(days: number): Date {
  return new Date(askedAt.getTime() - days * 86_400_000)
}

/** A citizen in person. */
export function citizen(personalId: string): Principal {
  const nowhere = { org: null, orgKind: null, unit: null, roles: [], jurisdiction: [], purpose: null }
  const sub = `sub-${personalId}`
  return officer({ ...nowhere, kind: 'CITIZEN', sub, personalId, clientId: 'vneid', audience: sub })
}

let people = 0

/** A person nobody else of this file is; one whose number starts with 9013 is a child that everybody represents. */
export function someone(prefix = '901185'): string {
  people += 1
  return `${prefix}${String(people).padStart(6, '0')}`
}

/** A line as the timeline shows it. */
export type Event = Record<string, unknown> & { requestId: string }
/** A page as the timeline gives it. */
export type History = { nodes: Event[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

const everything = `nodes { reference at callerKind organisation { code name nameEn } unit roles app staffCode
  purpose { code text textEn } fields { coordinate name nameEn } outcome basis citation caseNumber requestId delayedUntil }
  edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`

export type Timelines = {
  append: (record: DisclosureRecord) => Promise<unknown>
  write: (entries: DisclosureEntry[], at: Date, principal?: Principal) => Promise<unknown>
  /** The answer to `accessHistory` of a person with these arguments and this selection. */
  ask: (reader: Principal, person: string, args: string, selection?: string) => Promise<ExecutionResult>
  /** All pages, as they came. */
  pages: (reader: Principal, person: string, size?: number) => Promise<History[]>
  events: (reader: Principal, person: string, size?: number) => Promise<Event[]>
  close: () => Promise<void>
}

/** Timelines over a database of this file's own. */
export async function timelines(): Promise<Timelines> {
  const database = await oversightDatabase()
  const log = database.log({ clock: () => new Date(askedAt.getTime() + 86_400_000) })
  const ids = createSealedIds([{ id: 'test', secret: new Uint8Array(64).fill(7) }])
  const subgraph = askSubgraph(oversight, {
    pool: database.pool('oversight_app'),
    factsOf: (person, { personalId }) =>
      person.startsWith('9013') && personalId !== person
        ? { relation: 'REPRESENTATIVE', subjectClass: 'CHILD_UNDER_7' }
        : {},
  })
  const ask: Timelines['ask'] = (reader, person, args, selection = everything) => {
    const id = ids.seal('Citizen', person, reader.audience)
    const history = `accessHistory${args === '' ? '' : `(${args})`} { ${selection} }`
    return subgraph.ask(
      `{ _entities(representations: [{ __typename: "Citizen", id: "${id}" }]) { ... on Citizen { ${history} } } }`,
      reader,
    )
  }
  const page = async (reader: Principal, person: string, size: number, after: string | null): Promise<History> => {
    const result = await ask(reader, person, `first: ${size}${after === null ? '' : `, after: "${after}"`}`)
    expect(result.errors).toBeUndefined()
    return (result.data as { _entities: { accessHistory: History }[] })._entities[0]?.accessHistory as History
  }
  const pages: Timelines['pages'] = async (reader, person, size = 3) => {
    const all = [await page(reader, person, size, null)]
    for (let last = all[0]?.pageInfo; last?.hasNextPage; last = all.at(-1)?.pageInfo) {
      all.push(await page(reader, person, size, last.endCursor))
    }
    return all
  }
  return {
    append: log.append,
    write: (entries, at, principal) => log.append(disclosureRecord(entries, at, principal)),
    ask,
    pages,
    events: async (reader, person, size) => (await pages(reader, person, size)).flatMap(({ nodes }) => nodes),
    close: database.close,
  }
}
