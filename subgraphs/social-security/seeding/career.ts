import { dayFromIso } from '../../../synthetic/calendar.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import type { Employers } from './employers.ts'
import { earlierJobs, jobOf, plainJobs, publicGroups } from './jobs.ts'
import type { Job } from './jobs.ts'
import { monthFromDay, monthFromIso } from './months.ts'
import { retirementMonth } from './retirement.ts'

export type Career = {
  /** In order of time, from 2014 on. */
  jobs: readonly Job[]
  /** Months before 2014, carried over from the paper book. */
  bookMonths: number
  /** First month of the pension; null for those without. */
  pensionFrom: number | null
  /** Left the scheme and took the contributions out in this month; null for nearly all. */
  withdrawnIn: number | null
}

/** Periods are held one by one since; what was before is a number of months. */
export const bookClosed = monthFromIso('2014-01')
/** Months: 40 years. */
const longestBook = 480

/** What a person contributed in their life; null for those who never did. */
export function careerOf(life: Life, employers: Employers, asOf: string, random: Random): Career | null {
  const { person } = life
  if (person.socialInsuranceNo === null || life.from > life.until) return null
  const birth = monthFromDay(life.from)
  const start = birth + 12 * random.int(19, 24)
  const now = monthFromDay(dayFromIso(asOf))
  const end = life.isOpen ? now : monthFromDay(life.until) - 1
  if (person.persona === 'citizen') return citizensCareer(person, employers)
  if (person.insuranceGroup === 'HT') return pensioners(life, employers, start, random)
  if (start >= end) return null
  if (person.employed) return employees(life, employers, { start, end }, random)
  return formerMembers(life, employers, { start, end: Math.min(end, retirementMonth(person, birth) - 1) }, random)
}

/** An accountant of one enterprise since 2014, with two years on paper before. */
function citizensCareer(person: Person, employers: Employers): Career {
  const job: Job = {
    scheme: 'COMPULSORY',
    from: monthFromIso('2014-03'),
    to: null,
    employer: employers.first,
    title: person.occupation,
    isPublic: false,
  }
  return { jobs: [job], bookMonths: 28, pensionFrom: null, withdrawnIn: null }
}

function employees(
  life: Life,
  employers: Employers,
  { start, end }: { start: number; end: number },
  random: Random,
): Career {
  const { person } = life
  const tenure = Math.round(-Math.log(1 - random.next()) * (publicGroups.has(person.insuranceGroup) ? 130 : 62)) + 1
  const hired = Math.max(start, end - tenure)
  const current = jobOf(person, employers, { from: hired, to: life.isOpen ? null : end }, person.occupation, random)
  const before = earlierJobs(person, employers, { start, end: hired - 1 }, 2, random)
  return careerFromJobs([...before, current])
}

/** Twenty years and more before the pension; the last job lasts until it. */
function pensioners(life: Life, employers: Employers, start: number, random: Random): Career | null {
  const { person } = life
  // Who draws a pension below the usual age did hard or dangerous work.
  const pensionFrom = Math.min(
    retirementMonth(person, monthFromDay(life.from)),
    monthFromDay(life.until) - random.int(1, 12),
  )
  if (pensionFrom - start < 180) return null
  const last = jobOf(person, employers, { from: start, to: pensionFrom - 1 }, random.pick(plainJobs), random)
  const career = careerFromJobs([last])
  const itemised = Math.max(0, pensionFrom - bookClosed)
  const onPaper = Math.round(career.bookMonths * (0.6 + 0.4 * random.next()))
  return { ...career, bookMonths: Math.max(onPaper, 240 - itemised), pensionFrom }
}

/** Some of those without a job had one; some withdrew; some pay voluntarily. */
function formerMembers(
  life: Life,
  employers: Employers,
  { start, end }: { start: number; end: number },
  random: Random,
): Career | null {
  const { person } = life
  if (start >= end) return null
  const lot = random.next()
  if (lot < 0.05 && life.isOpen && end - Math.max(start, monthFromIso('2022-01')) > 3) {
    const from = Math.max(start, end - random.int(4, 55), monthFromIso('2022-01'))
    return {
      jobs: [
        {
          scheme: 'VOLUNTARY',
          from,
          to: end >= monthFromDay(life.until) ? null : end,
          employer: null,
          title: null,
          isPublic: false,
        },
      ],
      bookMonths: 0,
      pensionFrom: null,
      withdrawnIn: null,
    }
  }
  if (lot > 0.36) return null
  const left = end - random.int(2, 90)
  if (left - start < 6) return null
  const jobs = earlierJobs(
    person,
    employers,
    { start: Math.max(start, left - random.int(8, 120)), end: left },
    2,
    random,
  )
  const career = careerFromJobs(jobs)
  const total = monthsOf(career, end)
  const withdrawnIn = left + 13
  const withdraws = jobs.length > 0 && withdrawnIn < end && total < 180 && random.chance(0.2)
  return jobs.length === 0 ? null : { ...career, withdrawnIn: withdraws ? withdrawnIn : null }
}

/** What of the jobs lies before 2014 becomes months of the paper book. */
function careerFromJobs(jobs: readonly Job[]): Career {
  const kept = jobs
    .filter(({ to }) => to === null || to >= bookClosed)
    .map((job) => ({ ...job, from: Math.max(job.from, bookClosed) }))
  const onPaper = jobs.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to ?? bookClosed, bookClosed - 1) - from + 1),
    0,
  )
  return { jobs: kept, bookMonths: Math.min(longestBook, onPaper), pensionFrom: null, withdrawnIn: null }
}

/** Months contributed up to and including `last`. */
export function monthsOf(career: Career, last: number): number {
  return career.jobs.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to ?? last, last) - from + 1),
    career.bookMonths,
  )
}
