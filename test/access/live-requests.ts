import fc from 'fast-check'
import { getNamedType, isCompositeType, isObjectType, isRequiredArgument, type GraphQLSchema } from 'graphql'
import { graphPaths, type GraphPath } from '../../policy/review/graph-paths.ts'
import type { AccessCell } from '../../policy/review/access-matrix.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import type { Question } from '../support/whole-graph.ts'

/** A request for one field by one way to it. */
export type LiveRequest = Question & { as: string; query: string; target: string }

const people = [
  '901085000101',
  '901187000102',
  '901190000103',
  '901322000104',
  '901214000105',
  '901186000106',
  '944217000230',
  '979200000228',
  '999999999999',
]

/** Arguments of the fields that need some, one of these each time. */
const given: Readonly<Record<string, readonly string[]>> = {
  'Query.citizen': people.map((person) => `personalId: "${person}"`),
  'Query.landParcel': ['parcelId: "00004_12_345"'],
  'Query.landParcels': ['communeCode: "00004", first: 2'],
  'Query.searchCitizens': ['name: "Nguyễn Văn An", dateOfBirth: "1985", communeCode: "00004"'],
  'Query.accessExplanation': ['coordinate: "Citizen.sex", caller: "NONE CITIZEN"'],
  'Query.accessReaders': ['coordinate: "Citizen.sex"'],
  'Query.accessReach': ['caller: "doctor", first: 2'],
  'Query.accessSimulation': ['query: "{ me { sex } }", caller: "citizen"'],
  'Query.logConsistency': ['first: "0", second: "0"'],
}

/**
 * Requests drawn by persona, purpose, case and field, each by one of the shortest ways; the same seed draws the same.
 * Only fields of the matrix are asked for, and only by queries.
 */
export function liveRequests(
  schema: GraphQLSchema,
  cells: readonly AccessCell[],
  { seed, requests }: { seed: number; requests: number },
): LiveRequest[] {
  const paths = graphPaths(schema, { isOpen: isAskable })
  const targets = [...new Set(cells.map(({ coordinate }) => coordinate))].filter((coordinate) => paths.has(coordinate))
  const askers = loadPersonas().flatMap(({ persona, purposes, cases }) =>
    [undefined, ...purposes].flatMap((purpose) => {
      const own = new Set(
        cells.filter((cell) => cell.purpose === (purpose ?? 'NONE')).map(({ coordinate }) => coordinate),
      )
      const opened = targets.filter((coordinate) => own.has(coordinate))
      return [undefined, ...cases.map(({ number }) => number)].map((number) => {
        return { stated: { as: persona, purpose, case: number }, opened }
      })
    }),
  )
  // Three of four times a field that the purpose may open: what it may not is refused at the first step.
  const drawn = fc
    .record({
      asker: fc.constantFrom(...askers),
      isAny: fc.nat(3),
      target: fc.nat(),
      way: fc.nat(),
      argument: fc.nat(),
    })
    .map(({ asker: { stated, opened }, isAny, target: index, way, argument }) => {
      const choices = isAny === 0 || opened.length === 0 ? targets : opened
      return { asker: stated, target: choices[index % choices.length] ?? '', way, argument }
    })
    .map(({ asker, target, way, argument }) => {
      const ways = paths.get(target) ?? []
      const path = ways[way % ways.length] ?? []
      return { ...asker, target, query: `{ ${textOf(path, argument)} }` }
    })
  return fc.sample(fc.noBias(drawn), { seed, numRuns: requests })

  function fieldOf(coordinate: string) {
    const [typeName = '', name = ''] = coordinate.split('.')
    const type = schema.getType(typeName)
    return isObjectType(type) ? type.getFields()[name] : undefined
  }

  function isAskable(coordinate: string): boolean {
    const field = fieldOf(coordinate)
    if (field === undefined || coordinate.startsWith('Mutation.')) return false
    return isObjectLike(field.type) && (given[coordinate] !== undefined || !field.args.some(isRequiredArgument))
  }

  /** By each possible type would need its fragment: the same objects are reached without. */
  function isObjectLike(type: Parameters<typeof getNamedType>[0]): boolean {
    const named = getNamedType(type)
    return !isCompositeType(named) || isObjectType(named)
  }

  function textOf([coordinate = '', ...rest]: GraphPath, argument: number): string {
    const field = fieldOf(coordinate)
    const options = given[coordinate] ?? (field?.args.some(({ name }) => name === 'first') ? ['first: 2'] : [])
    const text = options[argument % options.length]
    const head = `${field?.name}${text === undefined ? '' : `(${text})`}`
    const inner =
      rest.length > 0 ? textOf(rest, argument) : isCompositeType(getNamedType(field?.type)) ? '__typename' : null
    return inner === null ? head : `${head} { ${inner} }`
  }
}
