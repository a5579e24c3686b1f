import type { ClientBase, Pool } from 'pg'
import { budgetFor, thresholdsFor, type PersonalClass, type VolumePolicy } from '../../policy/volume.ts'
import { withinError } from '../kit/counting/meter.ts'
import { estimate, relativeError, union } from '../kit/counting/sketch.ts'
import type { Names } from './names.ts'

type Scope = {
  organisation: string
  purpose: string
  caller: string
  counted: PersonalClass
  day: Buffer[]
  month: Buffer[]
  year: Buffer[]
  held: number | string
  isApproved: boolean
}

/** Scopes of an organisation, or those in use last; every window in whole buckets, the oldest one included. */
const statement = `
  with scope as (
    select organisation, purpose, caller, counted, max(at) as at from (
      select organisation, purpose, caller, counted, bucket as at from reading_sketch
      union all select organisation, purpose, caller, counted, renewed_at from reading_lease) as used
    where counted <> 'PERSONS' and ($1::text is null or organisation = $1) and caller = coalesce($2, '')
    group by organisation, purpose, caller, counted order by 5 desc, 1, 2, 4 limit $4)
  select organisation, purpose, caller, counted,
    array(select registers from reading_sketch as s where (s.organisation, s.purpose, s.caller, s.counted, s.grain)
      = (scope.organisation, scope.purpose, scope.caller, scope.counted, 'hour')
      and s.bucket >= date_trunc('hour', $3::timestamptz - interval '24 hours', 'Asia/Ho_Chi_Minh')) as day,
    array(select registers from reading_sketch as s where (s.organisation, s.purpose, s.caller, s.counted, s.grain)
      = (scope.organisation, scope.purpose, scope.caller, scope.counted, 'day')
      and s.bucket >= date_trunc('day', $3::timestamptz - interval '30 days', 'Asia/Ho_Chi_Minh')) as month,
    array(select registers from reading_sketch as s where (s.organisation, s.purpose, s.caller, s.counted, s.grain)
      = (scope.organisation, scope.purpose, scope.caller, scope.counted, 'month')
      and s.bucket >= date_trunc('month', $3::timestamptz - interval '365 days', 'Asia/Ho_Chi_Minh')) as year,
    (select coalesce(sum(l.subjects), 0) from reading_lease as l where (l.organisation, l.purpose, l.caller, l.counted)
      = (scope.organisation, scope.purpose, scope.caller, scope.counted)) as held,
    exists (select from volume_approval as v where v.organisation = scope.organisation and v.counted = scope.counted
      and (scope.purpose = '' or v.purpose = scope.purpose) and v.approved_at is not null and v.ends_at > $3) as "isApproved"
  from scope order by organisation, purpose, counted`

export type VolumeBudget = {
  organisation: ReturnType<Names['organisation']>
  purpose: ReturnType<Names['purpose']> | null
  staffCode: string | null
  errorPerMille: number
  core: number
  citation: string
  proposal: boolean
  code: { organisation: string; purpose: string }
  window: 'DAY' | 'MONTH' | 'YEAR'
  personalClass: PersonalClass
  estimate: number
  held: number
  important: number
  state: 'WITHIN' | 'WARNED' | 'IMPORTANT' | 'APPROVED' | 'CORE'
}

/** What use is read from: the oversight database as its reader, at a time, by the figures in force. */
export type UseSource = {
  database: Pick<ClientBase, 'query'> | Pick<Pool, 'query'>
  now: Date
  volume: VolumePolicy
  names: Names
}

/** Where organisations stand: each scope and class in three windows. */
export async function volumeBudgets(
  of: { organisation?: string | null; staffCode?: string | null },
  { database, now, volume: figures, names }: UseSource,
): Promise<VolumeBudget[]> {
  const { rows } = await database.query<Scope>({
    name: 'volume-budgets',
    text: statement,
    values: [of.organisation ?? null, of.staffCode ?? null, now, of.organisation ? 200 : 40],
  })
  return rows.flatMap((scope) => {
    const { organisation, purpose, caller, counted, isApproved } = scope
    const held = Number(scope.held)
    const exception = caller === '' ? budgetFor(figures, organisation, purpose) : null
    const limits = thresholdsFor(figures, counted, exception)
    const reached = withinError(limits)
    return (['day', 'month', 'year'] as const).map((window) => {
      const read = Math.round(estimate(union(scope[window])))
      const total = read + held
      const first = isApproved ? 'APPROVED' : 'IMPORTANT'
      const below = total >= limits.important * figures.warning.share ? 'WARNED' : 'WITHIN'
      return {
        code: { organisation, purpose },
        organisation: names.organisation(organisation),
        purpose: purpose === '' ? null : names.purpose(purpose),
        staffCode: caller === '' ? null : caller,
        personalClass: counted,
        window: window === 'day' ? 'DAY' : window === 'month' ? 'MONTH' : 'YEAR',
        estimate: read,
        errorPerMille: Math.round(relativeError * 1000),
        held,
        ...limits,
        state: total >= reached.core ? 'CORE' : total >= reached.important ? first : below,
        citation: exception?.citation ?? figures.thresholds.citation,
        proposal: exception?.proposal ?? false,
      }
    })
  })
}
