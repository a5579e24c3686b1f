import type { Person, Random } from '../../../synthetic/types.ts'
import type { Employer, EmployerKind, Employers } from './employers.ts'

/** One job (or one time in the voluntary scheme), in whole months; `to` is null while it goes on. */
export type Job = {
  scheme: 'COMPULSORY' | 'VOLUNTARY'
  from: number
  to: number | null
  /** Null in the voluntary scheme. */
  employer: Employer | null
  title: string | null
  /** Paid by the state's pay table: coefficient times base salary. */
  isPublic: boolean
}

/** Titles of jobs that are not the one of today. */
export const plainJobs = [
  'Công nhân nhà máy',
  'Nhân viên bán hàng',
  'Nhân viên văn phòng',
  'Thợ may',
  'Lái xe',
  'Nhân viên khách sạn',
]
/** Insurance groups of those whom the state pays. */
export const publicGroups: ReadonlySet<string> = new Set(['HC', 'CH', 'XK'])

/** Jobs one after the other with some months between, the last ending by `end`. */
export function earlierJobs(
  person: Person,
  employers: Employers,
  { start, end }: { start: number; end: number },
  most: number,
  random: Random,
): Job[] {
  const jobs: Job[] = []
  let last = end - random.int(0, 10)
  for (let count = 0; count < most && last - start > 6; count++) {
    const from = Math.max(start, last - random.int(8, 70))
    jobs.unshift(jobOf(person, employers, { from, to: last }, random.pick(plainJobs), random))
    last = from - random.int(1, 12)
  }
  return jobs
}

/** A job of theirs at an employer of the province; today's at one that has such jobs. */
export function jobOf(
  person: Person,
  employers: Employers,
  span: { from: number; to: number | null },
  title: string | null,
  random: Random,
): Job {
  const kind = title === person.occupation ? employerKind(person) : 'ENTERPRISE'
  const employer = employers.of(person.currentProvince, kind, random)
  return {
    scheme: 'COMPULSORY',
    ...span,
    employer,
    title,
    isPublic: kind === 'OFFICE' || kind === 'SCHOOL' || kind === 'HOSPITAL',
  }
}

function employerKind({ insuranceGroup, occupation }: Person): EmployerKind {
  if (insuranceGroup === 'HX') return 'COOPERATIVE'
  if (!publicGroups.has(insuranceGroup)) return 'ENTERPRISE'
  if (occupation?.startsWith('Giáo viên') || occupation?.startsWith('Giảng viên')) return 'SCHOOL'
  return occupation === 'Bác sĩ' || occupation === 'Điều dưỡng' ? 'HOSPITAL' : 'OFFICE'
}
