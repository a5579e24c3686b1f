import { problem } from '../../policy/errors.ts'
import type { SubgraphContext } from '../kit/types.ts'
import { dayInVietNam } from '../statistics/months.ts'
import { bySource, openClaims, type Answer, type Answers } from './answers.ts'
import type { Question } from './question-from.ts'
import { claimKinds, sources, type Claim, type ClaimName, type Place, type SourceName } from './sources.ts'

/** Where each database has what is claimed. */
export type Places = ReadonlyMap<SourceName, Place>

const nowhere: Place = { province_code: null, commune_code: null }

/** Asks where the claims lie: what decides who may make them. Claims of a database that does not answer are answered with that. */
export async function placesOf(question: Question, answers: Answers, context: SubgraphContext): Promise<Places> {
  const { person } = question
  const found = [...bySource(question.claims)].map(async ([source, claims]) => {
    const values = sources[source].place.values({ person, said: saying(claims) })
    return [source, (await ask<Place>(source, 'place', values, claims, answers, context)) ?? nowhere] as const
  })
  return new Map(await Promise.all(found))
}

/** Has the databases compare the open claims; each says whether it agrees, or that nothing is held that could tell. */
export async function compare(
  question: Question,
  places: Places,
  answers: Answers,
  context: SubgraphContext,
): Promise<void> {
  const { person } = question
  const day = dayInVietNam(context.services.clock())
  const compared = [...bySource(openClaims(question, answers))].map(async ([source, claims]) => {
    const given = { person, said: saying(claims), place: places.get(source) ?? nowhere, day }
    const values = sources[source].agree.values(given)
    const agrees = await ask<Record<string, boolean | null>>(source, 'agree', values, claims, answers, context)
    for (const { name, value } of claims.filter((claim) => !answers.has(claim.name)))
      answers.set(name, { claim: name, result: resultOf(agrees?.[claimKinds[name].column] ?? null, value) })
  })
  await Promise.all(compared)
}

async function ask<R>(
  source: SourceName,
  what: 'place' | 'agree',
  values: unknown[],
  claims: readonly Claim[],
  answers: Answers,
  { services, requestId }: SubgraphContext,
): Promise<R | null> {
  const { text } = sources[source][what]
  const found = await services.verifying?.databases
    .get(source)
    ?.query({ name: `claims-${what}`, text, values })
    .catch(() => null)
  if (found) return (found.rows[0] as R | undefined) ?? null
  for (const { name } of claims) answers.set(name, problem('SUBGRAPH_UNAVAILABLE', undefined, { requestId }))
  return null
}

const saying =
  (claims: readonly Claim[]) =>
  (name: ClaimName): Claim['value'] | null =>
    claims.find((claim) => claim.name === name)?.value ?? null

/** A claim that something is not so agrees where what it denies does not. */
function resultOf(agrees: boolean | null, value: Claim['value']): Answer['result'] {
  if (agrees === null) return 'UNKNOWN'
  return agrees === (value !== false) ? 'MATCH' : 'NO_MATCH'
}
