import { problem } from '../../policy/errors.ts'
import { fullPage } from '../kit/full-page.ts'
import type { Edge, Row, SubgraphContext } from '../kit/types.ts'
import { citizen } from './tables.ts'

type Args = Readonly<Record<string, unknown>>
type Search = { name: string; born: string; province: string | null; commune: string | null }

const coordinate = 'Query.searchCitizens'
const longestName = 200

/**
 * Citizens by full name and date of birth within a place. Judged on the place that the arguments name; who names none
 * searches the nation. Names are compared without regard to case, spacing or where the tone mark stands; one typed
 * without diacritics finds names with any. A date matches where either side knows as much as the other says.
 */
export const searchCitizens: Edge = {
  kind: 'resolve',
  about: (args) => ({
    place: [args['communeCode'], args['provinceCode']].filter((code): code is string => typeof code === 'string'),
  }),
  resolve: async (_parent, args, context) => {
    const search = searchFrom(args)
    const read = async (after: string | null, limit: number): Promise<Row[]> => {
      const keys = await findKeys(search, after, limit, context)
      return Promise.all(keys.map((key) => context.gate.row(citizen, key)))
    }
    const page = await fullPage({ coordinate, args, read, isKnown: (row) => mayBeFound(row, context) }, context)
    await Promise.all(page.nodes.map((row) => context.gate.decide(row, coordinate)))
    return page
  },
}

/** Each person found is a disclosure of its own, decided as one; recorded where it is shown, or refused. */
async function mayBeFound(row: Row, { gate }: SubgraphContext): Promise<boolean> {
  const { outcome } = await gate.decide(row, coordinate, { isSilent: true })
  if (outcome !== 'ALLOW') await gate.decide(row, coordinate)
  return outcome === 'ALLOW'
}

function searchFrom(args: Args): Search {
  const name = String(args['name']).trim()
  const codes = [args['provinceCode'], args['communeCode']].map((code) => (typeof code === 'string' ? code : null))
  const [province = null, commune = null] = codes
  if (name === '' || name.length > longestName) {
    throw problem('BAD_USER_INPUT', { vi: 'họ tên có từ 1 đến 200 ký tự', en: 'a name has 1 to 200 characters' })
  }
  if ((province !== null && !/^\d{2}$/.test(province)) || (commune !== null && !/^\d{5}$/.test(commune))) {
    throw problem('BAD_USER_INPUT', {
      vi: 'mã tỉnh có hai chữ số, mã xã có năm chữ số',
      en: 'a province code has two digits, a commune code five',
    })
  }
  return { name, born: String(args['dateOfBirth']), province, commune }
}

const statement = (column: 'name_key' | 'name_folded'): string =>
  `select t.personal_id as key from citizen t where t.${column} = ${column}($1)
    and t.birth_year = substr($2, 1, 4)::smallint
    and (starts_with(t.date_of_birth, $2) or starts_with($2, t.date_of_birth))
    and ($3::text is null or t.province_code = $3) and ($4::text is null or t.commune_code = $4)
    and ($5::text is null or t.personal_id > $5) order by t.personal_id limit $6`

function findKeys(search: Search, after: string | null, limit: number, context: SubgraphContext): Promise<string[]> {
  const { name, born, province, commune } = search
  const text = statement(hasDiacritics(name) ? 'name_key' : 'name_folded')
  return context.gate.keys(text, [name, born, province, commune, after, limit])
}

/** Whether a name was typed with any Vietnamese mark. */
export function hasDiacritics(name: string): boolean {
  return /\p{M}|đ/u.test(name.normalize('NFD').toLowerCase())
}
