import { jurisdictionOf } from '../../policy/row-facts.ts'
import type { FieldClass, Principal } from '../../policy/types.ts'
import type { RowVerdict, VerdictNow } from './verdicts.ts'

type OfPeople = Map<string, Map<FieldClass, RowVerdict>>

/**
 * The verdicts of one request, each sought once for all rows that speak of one person alone and lie in or out of the
 * caller's places: nothing else of a row matters, but its date where a consent reaches over a period.
 */
export function repeatedVerdicts(verdictFor: VerdictNow, principal: Principal): VerdictNow {
  const known: Readonly<Record<'ANY' | 'INSIDE' | 'OUTSIDE', OfPeople>> = {
    ANY: new Map(),
    INSIDE: new Map(),
    OUTSIDE: new Map(),
  }
  return (field, row, isAnywhere) => {
    const [person] = row.persons
    if (person === undefined || row.persons.length > 1 || !row.exists || row.table.isCommon === true)
      return verdictFor(field, row, isAnywhere)
    const ofPeople = known[isAnywhere ? 'ANY' : jurisdictionOf(principal, row.place)]
    let ofPerson = ofPeople.get(person)
    if (ofPerson === undefined) ofPeople.set(person, (ofPerson = new Map()))
    const repeated = ofPerson.get(field)
    if (repeated !== undefined) return repeated
    const verdict = verdictFor(field, row, isAnywhere)
    if (!(verdict instanceof Promise) && verdict.isDated !== true) ofPerson.set(field, verdict)
    return verdict
  }
}
