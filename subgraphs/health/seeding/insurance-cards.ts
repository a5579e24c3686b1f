import { dateFromDay, dayFromDate, dayFromIso, isoFromDay } from '../../../synthetic/calendar.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Random } from '../../../synthetic/types.ts'
import type { Facility } from './facilities.ts'

export type Card = {
  cardNo: string
  objectCode: string
  benefitLevel: number
  validFrom: number
  /** Null while no end is set. */
  validTo: number | null
  fiveYearDate: string | null
  facility: Facility
}

/** Since this day cards print the ten digits alone (QĐ 1666/QĐ-BHXH of 2020). */
const newForm = dayFromIso('2021-04-01')
/** Groups whose cards run from year to year; the others' last as long as the ground for them. */
const yearly: ReadonlySet<string> = new Set(['GD', 'HS', 'SV', 'CN', 'GB', 'HN', 'DT', 'DK', 'XD'])
/** Groups that only people of working age are in: before, somebody of them was a pupil. */
const working: ReadonlySet<string> = new Set(['DN', 'HX', 'CH', 'NN', 'TK', 'HC', 'XK'])

type Draft = { group: string; from: number; to: number | null; oldForm: boolean }

/**
 * A person's cards in order of time, never two at once: as a child, in the old form until 2021, in the new form now.
 * None for those without an insurance number. `levelOf` is a group's usual benefit level.
 */
export function insuranceCards(
  life: Life,
  facility: Facility,
  levelOf: (group: string) => number,
  asOf: string,
  random: Random,
): readonly Card[] {
  const { person } = life
  const number = person.socialInsuranceNo
  if (number === null || life.from > life.until) return []
  const insuredFrom = Math.max(
    life.from,
    dayFromDate(2009 + Math.floor(random.next() * 9), 1 + Math.floor(random.next() * 12), 1),
  )
  const drafts = [...childhood(life), ...before2021(life, insuredFrom, random), ...since2021(life, insuredFrom, asOf)]
  return drafts.flatMap(({ group, from, to, oldForm }) => {
    const last = life.isOpen ? to : Math.min(to ?? life.until, life.until)
    if (from > life.until || (last !== null && last < from)) return []
    const level = levelOf(group)
    const continuousSince = dateFromDay(Math.max(insuredFrom, life.from))
    const fiveYears = dayFromDate(continuousSince.year + 5, continuousSince.month, 1)
    return [
      {
        cardNo: oldForm ? `${group}${level}${person.currentProvince}${number}` : number,
        objectCode: group,
        benefitLevel: level,
        validFrom: from,
        validTo: last,
        fiveYearDate: group === 'TE' || fiveYears > dayFromIso(asOf) ? null : isoFromDay(fiveYears),
        facility,
      },
    ]
  })
}

/** Free card until the age of six, by the old form's group TE (since 2009-10-01). */
function childhood(life: Life): Draft[] {
  const { year } = dateFromDay(life.from)
  return year < 2010 ? [] : [{ group: 'TE', from: life.from, to: sixthBirthday(life) - 1, oldForm: true }]
}

function before2021(life: Life, insuredFrom: number, random: Random): Draft[] {
  const hadOne = random.chance(0.4) || life.person.persona !== null
  const from = Math.max(insuredFrom, sixthBirthday(life))
  if (!hadOne || from >= newForm) return []
  const wasAdult = newForm - life.from > 23 * 365.25
  const { insuranceGroup } = life.person
  const group = working.has(insuranceGroup) && !wasAdult ? 'HS' : insuranceGroup === 'TE' ? 'HS' : insuranceGroup
  return [{ group, from, to: newForm - 1, oldForm: true }]
}

function since2021(life: Life, insuredFrom: number, asOf: string): Draft[] {
  const { insuranceGroup } = life.person
  if (insuranceGroup === 'TE') return []
  const start = Math.max(newForm, insuredFrom, sixthBirthday(life))
  if (!yearly.has(insuranceGroup)) return [{ group: insuranceGroup, from: start, to: null, oldForm: false }]
  const { year } = dateFromDay(dayFromIso(asOf))
  const thisYear = dayFromDate(year, 1, 1)
  const current: Draft = {
    group: insuranceGroup,
    from: Math.max(start, thisYear),
    to: dayFromDate(year, 12, 31),
    oldForm: false,
  }
  const before: Draft = {
    group: insuranceGroup,
    from: Math.max(start, dayFromDate(year - 2, 1, 1)),
    to: thisYear - 1,
    oldForm: false,
  }
  return before.from < thisYear ? [before, current] : [current]
}

function sixthBirthday(life: Life): number {
  const { year, month, day } = dateFromDay(life.from)
  return dayFromDate(year + 6, month, day)
}

/** The card that covers a day; null where none does. */
export function cardOn(cards: readonly Card[], day: number): Card | null {
  return cards.find((card) => card.validFrom <= day && (card.validTo === null || day <= card.validTo)) ?? null
}
