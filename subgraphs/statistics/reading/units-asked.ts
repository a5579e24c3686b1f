import type { GraphQLError } from 'graphql'
import { problem } from '../../../policy/errors.ts'
import type { SubgraphContext } from '../../kit/types.ts'

/** A unit that a code stands for: itself, or what a former unit became. */
export type UnitAsked = { unit: string; askedAs: string | null; overlap: 'WHOLE' | 'PART' | null }

/** Codes of one request. */
const most = 100

/**
 * The units of today that codes stand for, in their order: a code of today is itself; one of before 2025-07-01 is each
 * unit it went into, whole or in part; for a code of neither list the error stands in its place. Throws BAD_USER_INPUT
 * where there are too many.
 */
export async function unitsAsked(
  codes: readonly string[],
  { services }: SubgraphContext,
): Promise<(UnitAsked | GraphQLError)[]> {
  if (codes.length > most)
    throw problem('BAD_USER_INPUT', { vi: `không quá ${most} đơn vị`, en: `no more than ${most} units` })
  const { rows } = await services.pool.query<{ asked: string; unit: string; overlap: 'WHOLE' | 'PART' | null }>(
    `select code as asked, code as unit, null as overlap from unit where code = any ($1)
     union all select former_code, code, overlap from former_unit
     where former_code = any ($1) and not exists (select from unit u where u.code = former_code) order by 1, 2`,
    [codes],
  )
  const found = Map.groupBy(rows, ({ asked }) => asked)
  // Before the first count no unit is known: what has a unit's form is answered as not yet computed.
  const isEmpty = rows.length === 0 && (await services.pool.query('select from unit limit 1')).rowCount === 0
  return codes.flatMap((code): (UnitAsked | GraphQLError)[] => {
    if (isEmpty && /^(VN|\d{2}|\d{5})$/.test(code)) return [{ unit: code, askedAs: null, overlap: null }]
    const own = found.get(code)
    if (own === undefined) return [unknownUnit()]
    return own.map(({ unit, overlap }) => ({ unit, askedAs: overlap === null ? null : code, overlap }))
  })
}

function unknownUnit(): GraphQLError {
  return problem('BAD_USER_INPUT', {
    vi: 'mã đơn vị không có trong danh mục hiện hành và danh mục cũ',
    en: 'the unit code is neither of the list of today nor of the former one',
  })
}
