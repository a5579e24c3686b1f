import { jurisdictionOf } from '../../../policy/row-facts.ts'
import type { FactsKind } from '../../../policy/facts-kinds.ts'
import type { FieldClass, Jurisdiction, Principal } from '../../../policy/types.ts'
import type { Verdict } from '../../../policy/verdict.ts'
import type { Row } from '../types.ts'
import type { RowVerdict, VerdictNow, Verdicts } from '../verdicts.ts'
import type { NotedFields, NotedLists } from './noted-fields.ts'

/** How a verdict is noted: as that on a value, as what tells that a row is there, or not. */
export type NotedAs = 'VALUE' | 'TOLD' | null

/** What was noted of the same verdict. */
export type Note = { coordinates: readonly string[]; parts: readonly Verdict[]; isTold: boolean }

/** The verdicts of one pass over the rows of a fetch, and what was noted of them. */
export type Judge = {
  verdictOn: (field: FieldClass, row: Row, isAnywhere: boolean, as: NotedAs) => RowVerdict | Promise<unknown>
  notes: () => Note[]
}

/** Which fields are decided alike of people whose facts are alike: each by the number of what decides it. */
type Grounds = Map<FieldClass, number>

/** What is decided alike of people of a kind, by what else it hangs on. */
export type AlikeGrounds = WeakMap<FactsKind, Map<string, Grounds>>

/** Of one person's rows in one place: the verdict by its ground, and what was noted of it. */
type Sheet = {
  person: string
  grounds: Grounds
  verdicts: (RowVerdict | undefined)[]
  shown: (NotedFields | undefined)[]
  told: (NotedFields | undefined)[]
}

export type JudgeDeps = {
  principal: Principal
  verdictFor: VerdictNow
  kindOf: Verdicts['kindOf']
  alike: AlikeGrounds
  lists: NotedLists
  /** What a verdict hangs on beside a person's facts and the place of the row. */
  aspectOf: (person: string) => string
}

/**
 * Asks for a verdict once a person and ground, not once a field: of people whose facts are alike the same fields are decided
 * alike. Rows of several people, and people whose consents reach over a period or have so many reads, are asked about field
 * by field.
 */
export function createJudge({ principal, verdictFor, kindOf, alike, lists, aspectOf }: JudgeDeps): Judge {
  const sheets = { ANY: new Map<string, Sheet>(), INSIDE: new Map<string, Sheet>(), OUTSIDE: new Map<string, Sheet>() }
  const isNowhere = principal.jurisdiction.length === 0
  const single: Note[] = []

  const sheetOf = (person: string, place: Jurisdiction | 'ANY'): Sheet => {
    const known = sheets[place].get(person)
    if (known !== undefined) return known
    const made = { person, grounds: groundsOf(person, place), verdicts: [], shown: [], told: [] }
    sheets[place].set(person, made)
    return made
  }

  const groundsOf = (person: string, place: string): Grounds => {
    const kind = kindOf(person)
    if (kind === null || kind.isBounded || kind.isDated) return new Map()
    const ofKind = alike.get(kind) ?? new Map<string, Grounds>()
    alike.set(kind, ofKind)
    const key = `${place} ${aspectOf(person)}`
    const grounds = ofKind.get(key) ?? new Map<FieldClass, number>()
    ofKind.set(key, grounds)
    return grounds
  }

  const noteOf = (field: FieldClass, { parts }: RowVerdict, as: 'VALUE' | 'TOLD'): Note => {
    const { coordinates } = lists.and(lists.none, field)
    if (as === 'VALUE') return { coordinates, parts, isTold: false }
    return { coordinates, parts: parts.filter(({ person }) => person !== principal.personalId), isTold: true }
  }

  const noted = (sheet: Sheet, ground: number, field: FieldClass, as: NotedAs): void => {
    if (as === null) return
    const list = as === 'VALUE' ? sheet.shown : sheet.told
    list[ground] = lists.and(list[ground] ?? lists.none, field)
  }

  return {
    verdictOn: (field, row, isAnywhere, as) => {
      const [person] = row.persons
      if (person === undefined || row.persons.length > 1 || !row.exists || row.table.isCommon === true) {
        const verdict = verdictFor(field, row, isAnywhere)
        if (as !== null && !(verdict instanceof Promise)) single.push(noteOf(field, verdict, as))
        return verdict
      }
      const place = isAnywhere ? 'ANY' : isNowhere ? 'OUTSIDE' : jurisdictionOf(principal, row.place)
      const sheet = sheetOf(person, place)
      const ground = sheet.grounds.get(field)
      const repeated = ground === undefined ? undefined : sheet.verdicts[ground]
      if (ground !== undefined && repeated !== undefined) {
        noted(sheet, ground, field, as)
        return repeated
      }
      const verdict = verdictFor(field, row, isAnywhere)
      if (verdict instanceof Promise) return verdict
      const made = ground ?? groundOf(sheet, verdict)
      sheet.verdicts[made] = verdict
      if (verdict.isDated !== true) sheet.grounds.set(field, made)
      noted(sheet, made, field, as)
      return verdict
    },
    notes: () => {
      const all = [...single]
      for (const { person, verdicts, shown, told } of Object.values(sheets).flatMap((ofPlace) => [...ofPlace.values()]))
        for (const [ground, verdict] of verdicts.entries()) {
          const parts = verdict?.parts ?? []
          const ofShown = shown[ground]
          const ofTold = told[ground]
          if (ofShown !== undefined) all.push({ coordinates: ofShown.coordinates, parts, isTold: false })
          if (ofTold !== undefined && person !== principal.personalId)
            all.push({ coordinates: ofTold.coordinates, parts, isTold: true })
        }
      return all
    },
  }
}

/** The ground of a verdict this person has already, or a new one. */
function groundOf({ verdicts, grounds }: Sheet, verdict: RowVerdict): number {
  const known = verdicts.indexOf(verdict)
  return known === -1 ? Math.max(verdicts.length, ...grounds.values().map((ground) => ground + 1)) : known
}
