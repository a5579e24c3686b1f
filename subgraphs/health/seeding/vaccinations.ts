import { dateFromDay, dayFromDate, dayFromIso } from '../../../synthetic/calendar.ts'
import { birthsOf } from '../../../synthetic/life-events.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import { readData } from '../read-data.ts'

export type Shot = { vaccine: string; dose: number; day: number; lotNo: string; adverseEvent: string | null }
export type VaccinationsOf = (life: Life, household: readonly Person[], random: Random) => readonly Shot[]

/** The register holds what was given since; of children born before, the later doses alone. */
const registerFrom = dayFromIso('2017-06-01')
const events = ['Sốt nhẹ', 'Sưng đau tại chỗ tiêm', 'Quấy khóc', 'Mệt mỏi']

type Dose = {
  vaccine: string
  dose: number
  months: number
  days: number
  femaleOnly: boolean
  givenFrom: number
  coverage: number
}
type Given = Pick<Shot, 'vaccine' | 'dose' | 'day'>

/** Vaccinations by the schedule and the date of birth, of pregnancies, and against COVID-19 since 2021. */
export function createVaccinations(): VaccinationsOf {
  const schedule = readData('vaccine_doses.csv')
    .filter((row) => row.optional('age_months') !== null)
    .map((row): Dose => ({
      vaccine: row.text('vaccine'),
      dose: row.number('dose'),
      months: row.number('age_months'),
      days: row.number('age_days'),
      femaleOnly: row.text('sex') === 'F',
      givenFrom: dayFromDate(row.number('born_or_given_from'), 1, 1),
      coverage: row.number('coverage'),
    }))

  return (life, household, random) => {
    const given = [
      ...inChildhood(schedule, life, random),
      ...inPregnancy(life, household),
      ...againstCovid(life, random),
    ]
    return given
      .filter(({ day }) => day >= Math.max(life.from, registerFrom) && day <= life.until)
      .map((shot) => ({
        ...shot,
        lotNo: `${shot.vaccine.slice(0, 2)}${random.int(10_000, 99_999)}`,
        adverseEvent: random.chance(0.03) ? random.pick(events) : null,
      }))
  }
}

/** Dose by dose: who missed one has none of the later ones of that vaccine. */
function inChildhood(schedule: readonly Dose[], life: Life, random: Random): Given[] {
  if (life.from < registerFrom - 8 * 365) return []
  const born = dateFromDay(life.from)
  const missed = new Set<string>()
  return schedule.flatMap(({ vaccine, dose, months, days, femaleOnly, givenFrom, coverage }) => {
    const due =
      dayFromDate(
        born.year + Math.floor((born.month - 1 + months) / 12),
        ((born.month - 1 + months) % 12) + 1,
        born.day,
      ) + days
    const day = due + (months === 0 ? 0 : random.int(0, 8))
    const isOut = femaleOnly && life.sexes.some((sex) => sex === 'MALE')
    if (!random.chance(life.person.persona === null ? coverage : Math.ceil(coverage - 0.5)) || isOut || day < givenFrom)
      missed.add(vaccine)
    return missed.has(vaccine) ? [] : [{ vaccine, dose, day }]
  })
}

/** Tetanus before the first birth on record. */
function inPregnancy(life: Life, household: readonly Person[]): Given[] {
  const [birth] = birthsOf(life.person, household)
  const isOut =
    birth === undefined ||
    birth - 120 < registerFrom ||
    life.sexes.some((sex) => sex === 'MALE') ||
    life.ageOn(birth).least < 15
  return isOut
    ? []
    : [
        { vaccine: 'TT', dose: 1, day: birth - 120 },
        { vaccine: 'TT', dose: 2, day: birth - 85 },
      ]
}

/** From 12 years of age in 2021, from 5 in 2022; boosters for fewer, the fourth dose from 50. */
function againstCovid(life: Life, random: Random): Given[] {
  const [first, second, third, fourth] = [
    random.int(0, 180),
    random.int(28, 60),
    random.int(120, 220),
    random.int(150, 260),
  ]
  const lot = life.person.persona === null ? random.next() : 0
  const start = dayFromIso(life.ageOn(dayFromIso('2021-08-01')).least >= 12 ? '2021-06-15' : '2022-04-16') + first
  const age = life.ageOn(start).least
  if (age < 5 || lot > (age < 12 ? 0.7 : 0.93)) return []
  const days = [start, start + second]
  if (age >= 12 && lot < 0.7) days.push(start + second + third)
  if (age >= 50 && lot < 0.35) days.push(start + second + third + fourth)
  return days.map((day, index) => ({ vaccine: 'COVID19', dose: index + 1, day }))
}
