import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { loadOrganisations } from '../../../identity/organisations.ts'
import { callerFromPrincipal } from '../../../policy/caller.ts'
import { problem } from '../../../policy/errors.ts'
import { createDecisions } from '../../../policy/remembered-decisions.ts'
import { factsBeforePlanning } from '../../../policy/row-facts.ts'
import type { Principal, RowFacts } from '../../../policy/types.ts'
import type { Edge, GraphFacts } from '../../kit/types.ts'
import { definitionsFromYaml } from './form-definition.ts'
import { formsOnGraph, type Form, type FormField, type FormParty } from './forms-on-graph.ts'
import { outlookOf } from './outlook.ts'
import { prefillQuestion } from './prefill-question.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']
type Known = { forms: readonly Form[]; decisionsOf: ReturnType<typeof createDecisions> }

const made = new WeakMap<GraphFacts, Known>()
const agencies = loadOrganisations()

/** `procedures`: every form, with what is held of each field and what this caller can expect of it. */
export const procedures: Resolve = (_root, _args, { principal, services: { graph } }) =>
  knownOf(graph).forms.map((form) => told(form, principal, graph))

/** `procedure`: the form with this code. Throws NOT_FOUND. */
export const procedure: Resolve = (_root, { code }, { principal, services: { graph } }) => {
  const form = knownOf(graph).forms.find((one) => one.code === code)
  if (form === undefined) throw problem('NOT_FOUND', undefined, { coordinate: 'Query.procedure' })
  return told(form, principal, graph)
}

/** The forms of procedures.yaml on a graph. Throws what `formsOnGraph` throws. */
export function loadForms(apiSdl: string, { classes, names }: Pick<GraphFacts, 'classes' | 'names'>): readonly Form[] {
  const text = readFileSync(join(import.meta.dirname, 'procedures.yaml'), 'utf8')
  const definitions = definitionsFromYaml(text, 'subgraphs/catalogue/procedures/procedures.yaml')
  return formsOnGraph(definitions, buildSchema(apiSdl), classes, names)
}

/** Made once: forms, classes and rules stay the same while a process runs. */
function knownOf(graph: GraphFacts): Known {
  const known = made.get(graph) ?? {
    forms: loadForms(readFileSync(join(import.meta.dirname, '../../../schema/api.graphql'), 'utf8'), graph),
    decisionsOf: createDecisions(graph.rules),
  }
  made.set(graph, known)
  return known
}

function told({ code, name, parties }: Form, principal: Principal, graph: GraphFacts) {
  return {
    code,
    name: name.vi,
    nameEn: name.en,
    asksAgain: parties.flatMap((party) =>
      party.fields.filter(({ asks }) => asks !== undefined).map((field) => `${party.code}.${field.code}`),
    ),
    parties: parties.map((party) => partyTold(party, principal, graph)),
  }
}

function partyTold({ code, name, person, fields }: FormParty, principal: Principal, graph: GraphFacts) {
  const isSelf = person === 'APPLICANT' && principal.personalId !== null
  const before = factsBeforePlanning(principal)
  const facts: RowFacts = isSelf ? { ...before, relation: 'SELF' } : before
  const early = knownOf(graph).decisionsOf(callerFromPrincipal(principal)).early
  // A citizen by number is found for everybody, and decided on field by field; `me` is decided on itself.
  const root = isSelf ? ['Query.me'] : []
  const outlooks = new Map(
    fields.flatMap((field) => {
      const classes = [...root, ...(field.held?.coordinates ?? [])].map((coordinate) => graph.classes.get(coordinate))
      const [first, ...further] = classes.filter((one) => one !== undefined)
      return field.held === null || first === undefined ? [] : [[field, outlookOf([first, ...further], early, facts)]]
    }),
  )
  const ways = fields.flatMap(({ held }) => (held === null ? [] : [held.way]))
  return {
    code,
    name: name.vi,
    nameEn: name.en,
    person,
    question: ways.length === 0 ? null : prefillQuestion(ways, isSelf ? 'SELF' : 'BY_NUMBER'),
    consentToAsk: [...new Set([...outlooks.values()].flatMap(({ toConsent }) => toConsent))].toSorted(),
    fields: fields.map((field) => ({ ...fieldTold(field), ...expected(outlooks.get(field)) })),
  }
}

function fieldTold({ code, name, held, asks, missing }: FormField) {
  const owner = held === null ? undefined : agencies.get(held.holder.owner)
  return {
    code,
    name: name.vi,
    nameEn: name.en,
    source: held === null ? 'MISSING' : asks === undefined ? 'HELD' : 'ASKED_AGAIN',
    path: held === null ? null : `person.${held.way}`,
    coordinates: held?.coordinates ?? [],
    database: held?.holder.domain ?? null,
    owner: held?.holder.owner ?? null,
    ownerName: owner?.vi ?? null,
    ownerNameEn: owner?.en ?? null,
    reason: (asks ?? missing)?.vi ?? null,
    reasonEn: (asks ?? missing)?.en ?? null,
  }
}

const expected = (found: ReturnType<typeof outlookOf> | undefined) => ({
  outlook: found?.outlook ?? null,
  refusal: found?.refusal ?? null,
})
