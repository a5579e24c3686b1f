import { jurisdictionOf } from '../../policy/row-facts.ts'
import type { FieldClass, Principal } from '../../policy/types.ts'
import type { RowVerdict, VerdictNow } from './verdicts.ts'

/**
 * The verdicts of one request, each sought once for all rows that speak of one person alone and lie in or out of the
 * caller's places: nothing else of a row matters, but its date where a consent reaches over a period.
 */
export function repeatedVerdicts(verdictFor: VerdictNow, principal: Principal): VerdictNow {
  const byField = new Map<FieldClass, Map<string, RowVerdict>>()
  return (field, row, isAnywhere) => {
    const [person, ...others] = row.persons
    if (person === undefined || others.length > 0) return verdictFor(field, row, isAnywhere)
    const verdicts = byField.get(field) ?? new Map<string, RowVerdict>()
    byField.set(field, verdicts)
    const place = isAnywhere ? 'ANY' : jurisdictionOf(principal, row.place)
    const key = `${person} ${place} ${row.exists ? '' : row.__typename}${row.table.isCommon === true ? '*' : ''}`
    const known = verdicts.get(key)
    if (known !== undefined) return known
    const verdict = verdictFor(field, row, isAnywhere)
    if (!(verdict instanceof Promise) && verdict.isDated !== true) verdicts.set(key, verdict)
    return verdict
  }
}
