import { GraphQLError } from 'graphql'
import type { Edge, Row, SubgraphContext } from '../kit/types.ts'
import { readerOf } from './reading/load-statistics.ts'
import { dataQuality } from './quality/quality-edge.ts'
import { monthAsked, monthsAsked } from './reading/months-asked.ts'
import { unitsAsked, type UnitAsked } from './reading/units-asked.ts'

type Args = Readonly<Record<string, unknown>>
type Unit = (parent: Row | null) => string

async function ofUnits(
  units: readonly (UnitAsked | GraphQLError)[],
  args: Args,
  context: SubgraphContext,
): Promise<object[]> {
  const reader = readerOf(context)
  const month = monthAsked(await reader.state(), args['month'])
  const known = units.filter((one): one is UnitAsked => !(one instanceof GraphQLError))
  const found = await reader.load(
    known.map(({ unit }) => unit),
    [month],
  )
  const ofUnit = new Map(known.map(({ unit }, index) => [unit, found[index]]))
  return units.map((one) => {
    // An error in a list stands at its own place; the others are answered.
    if (one instanceof GraphQLError) return one
    const { unit, askedAs, overlap } = one
    const figures = ofUnit.get(unit) ?? {}
    return askedAs === null ? figures : Object.defineProperties({ askedAs, overlap }, descriptorsOf(figures))
  })
}

const descriptorsOf = (of: object) => {
  const { askedAs: _none, overlap: _neither, ...rest } = Object.getOwnPropertyDescriptors(of) as PropertyDescriptorMap
  return rest
}

/** The figures of a unit in a month. */
const statistics = (unitOf: Unit): Edge => ({
  kind: 'impersonal',
  resolve: async (parents, args, context) => {
    const reader = readerOf(context)
    return reader.load(parents.map(unitOf), [monthAsked(await reader.state(), args['month'])])
  },
})

/** The figures of a unit month by month. */
const statisticsByMonth = (unitOf: Unit): Edge => ({
  kind: 'impersonal',
  resolve: async (parents, args, context) => {
    const reader = readerOf(context)
    const months = monthsAsked(await reader.state(), String(args['from']), String(args['to']))
    const found = await reader.load(parents.map(unitOf), months)
    return parents.map((_, index) => found.slice(index * months.length, (index + 1) * months.length))
  },
})

/** The figures of the units that codes stand for, former ones through the crosswalk. */
const ofCodes: Edge = {
  kind: 'impersonal',
  resolve: async (_parents, args, context) => {
    const codes = Array.isArray(args['units']) ? args['units'].map(String) : []
    return [await ofUnits(await unitsAsked(codes, context), args, context)]
  },
}

/** A unit of before: always by the crosswalk, though a unit of today may have its code. */
const ofFormer: Edge = {
  kind: 'impersonal',
  resolve: (parents, args, context) =>
    Promise.all(
      parents.map(async (parent) => {
        const { rows } = await context.services.pool.query<Omit<UnitAsked, 'askedAs'>>(
          'select code as unit, overlap from former_unit where former_code = $1 order by 1',
          [parent?.key],
        )
        return ofUnits(
          rows.map((row) => ({ ...row, askedAs: parent?.key ?? null })),
          args,
          context,
        )
      }),
    ),
}

const itself: Unit = (parent) => parent?.key ?? ''
const nation: Unit = () => 'VN'
const unit = { statistics: statistics(itself), statisticsByMonth: statisticsByMonth(itself) }

/** Where the figures come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Query: {
    dataQuality,
    nation: statistics(nation),
    nationByMonth: statisticsByMonth(nation),
    statistics: ofCodes,
  },
  Province: unit,
  Commune: unit,
  FormerProvince: { statistics: ofFormer },
  FormerCommune: { statistics: ofFormer },
}
