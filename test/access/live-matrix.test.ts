import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadOrganisations } from '../../identity/organisations.ts'
import { nobody, principalFromClaims } from '../../identity/principal.ts'
import type { Caller } from '../../policy/caller.ts'
import { callerFromPrincipal } from '../../policy/caller.ts'
import type { DecidedOn } from '../../policy/disclosure.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { accessMatrix } from '../../policy/review/access-matrix.ts'
import { callerClasses } from '../../policy/review/caller-classes.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'
import { liveRequests, type LiveRequest } from './live-requests.ts'
import { disagreement, type Verdict } from './predicted.ts'

/** How many, and which: `node test/access/live-matrix.ts` sets both. */
const requests = Number(process.env['LIVE_REQUESTS'] ?? 200)
const seed = Number(process.env['LIVE_SEED'] ?? 20_261_122)

const { rules, purposes } = loadPolicy()
const { classes } = loadGraph()
const callers = callerClasses(purposes)
const cells = accessMatrix(rules.rules, classes, callers)
const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const personas = new Map(loadPersonas().map((one) => [one.persona, one]))

let graph: WholeGraph
let log: Client
beforeAll(async () => {
  graph = await openWholeGraph()
  log = new Client(graph.databases.get('oversight')?.superuser)
  await log.connect()
}, 240_000)
afterAll(async () => {
  await log.end()
  await graph.close()
})

test(
  `${requests} requests drawn by persona, purpose and field agree with the matrix, cell for cell`,
  async () => {
    const wrong: string[] = []
    const met = new Set<string>()
    let verdicts = 0
    for (const request of liveRequests(schema, cells, { seed, requests })) {
      const caller = callerOf(request)
      const name = callers.find((one) => isOfClass(caller, one.caller))?.name
      const own = cells.filter((cell) => cell.caller === name)
      const answer = await graph.ask(request)
      expect(answer.status, request.query).toBe(200)
      const decided = await verdictsOf(answer.requestId)
      const told = new Set(
        (answer.body.errors ?? []).map(
          ({ extensions }) => `${String(extensions?.['coordinate'])} ${String(extensions?.['code'])}`,
        ),
      )
      for (const verdict of decided) {
        verdicts += 1
        met.add(`${name} ${verdict.coordinate} ${verdict.rule}`)
        const problem = disagreement(own, caller, verdict)
        if (problem !== null) wrong.push(`${JSON.stringify(request)} ${JSON.stringify(verdict)}: ${problem}`)
      }
      // What the answer says is what was decided: no refusal of a field whose every verdict was a grant, or without one.
      for (const one of told) {
        const [coordinate, code] = one.split(' ')
        if (
          coordinate !== 'undefined' &&
          code !== 'NOT_FOUND' &&
          !decided.some((verdict) => verdict.coordinate === coordinate && verdict.code === code)
        )
          wrong.push(`${JSON.stringify(request)}: ${one} is in no verdict`)
      }
    }
    process.stderr.write(`${requests} requests, ${verdicts} verdicts on ${met.size} cells, ${wrong.length} disagree\n`)
    expect(wrong.slice(0, 5)).toEqual([])
    expect(verdicts).toBeGreaterThan(requests / 2)
  },
  requests * 1000 + 60_000,
)

function callerOf({ as, purpose }: LiveRequest): Caller {
  const claims = personas.get(as)?.claims ?? null
  const principal = claims === null ? nobody : principalFromClaims(claims, '', loadOrganisations())
  if (principal === null) throw new Error(`${as}: claims that are none`)
  return { ...callerFromPrincipal(principal), purpose: purpose ?? null }
}

function isOfClass(caller: Caller, ofClass: Caller): boolean {
  return (
    caller.kind === ofClass.kind &&
    caller.purpose === ofClass.purpose &&
    caller.delegated === ofClass.delegated &&
    (ofClass.orgKind === null || caller.orgKind === ofClass.orgKind) &&
    ofClass.roles.every((role) => caller.roles.includes(role))
  )
}

/** Every verdict the log holds of a request, field by field. */
async function verdictsOf(requestId: string): Promise<Verdict[]> {
  const { rows } = await log.query<Omit<Verdict, 'coordinate' | 'facts'> & { facts: DecidedOn[] }>(
    `select e.outcome, e.code, e.level, e.rule, e.facts from disclosure d
     join disclosure_entry e on left(e.id::text, 32) = left(d.id::text, 32) where d.request_id = $1`,
    [requestId],
  )
  return rows.flatMap(({ facts, ...verdict }) =>
    facts.flatMap(({ coordinates, row }) => coordinates.map((coordinate) => ({ ...verdict, coordinate, facts: row }))),
  )
}
