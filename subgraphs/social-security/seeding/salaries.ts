import type { Random } from '../../../synthetic/types.ts'
import type { Job } from './jobs.ts'
import { isoFromMonth, monthFromIso } from './months.ts'
import { valueOn } from './parameters.ts'
import type { Bound, Parameters } from './parameters.ts'

/** A time in a job at one salary (VND a month), under one rate of contribution. */
export type Paid = { job: Job; from: number; to: number | null; salary: number; rateId: string }

/** Usual monthly salaries of 2026 in thousands, by what the title begins with; others 6,500 to 16,000. */
const usual: readonly (readonly [title: string, low: number, high: number])[] = [
  ['Giám đốc', 25_000, 70_000],
  ['Kỹ sư phần mềm', 18_000, 50_000],
  ['Kỹ sư', 13_000, 28_000],
  ['Nhân viên ngân hàng', 12_000, 28_000],
  ['Luật sư', 12_000, 32_000],
  ['Kế toán', 10_000, 20_000],
  ['Công nhân', 6_000, 11_000],
  ['Thợ', 6_000, 11_000],
  ['Nhân viên bán hàng', 5_800, 10_000],
  ['Nhân viên bảo vệ', 5_600, 8_500],
]

/**
 * Cuts a job into times of one salary: by the pay table (coefficient times base salary) at each change of the base in
 * public service, else with a rise every year or two. Every salary lies within the bounds of its whole time.
 */
export function paidTimes(job: Job, parameters: Parameters, now: number, random: Random): readonly Paid[] {
  const end = job.to ?? now
  const bounds = parameters.bounds.filter((bound) => bound.scheme === job.scheme)
  const changes = [...parameters.rates.filter((rate) => rate.scheme === job.scheme), ...(job.isPublic ? bounds : [])]
  const cuts = new Set(changes.map((change) => monthFromIso(change.from)))
  if (!job.isPublic) for (let cut = job.from + random.int(10, 26); cut <= end; cut += random.int(16, 34)) cuts.add(cut)
  const starts = [
    job.from,
    ...[...cuts].filter((cut) => cut > job.from && cut <= end).sort((one, other) => one - other),
  ]

  const level = job.isPublic ? 2.34 + 0.33 * random.int(0, 9) : target(job, random)
  return starts.map((from, index): Paid => {
    const next = starts[index + 1]
    const to = next === undefined ? job.to : next - 1
    const wished = job.isPublic
      ? level * valueOn(parameters.baseSalaries, isoFromMonth(from))
      : level / 1.065 ** ((now - from) / 12)
    const rate = parameters.rates.findLast((one) => one.scheme === job.scheme && one.from <= isoFromMonth(from))
    return { job, from, to, salary: withinBounds(wished, bounds, from, to ?? now), rateId: rate?.id ?? '' }
  })
}

function target(job: Job, random: Random): number {
  const [low, high] = job.scheme === 'VOLUNTARY' ? [1_500, 6_000] : range(job.title)
  return (low + (high - low) * random.next() ** 1.6) * 1000
}

function range(title: string | null): readonly [number, number] {
  const [, low, high] = usual.find(([start]) => title?.startsWith(start)) ?? ['', 6_500, 16_000]
  return [low, high]
}

/** To whole thousands, and within every bound that holds at some time between the months. */
function withinBounds(wished: number, bounds: readonly Bound[], from: number, to: number): number {
  const [first, last] = [isoFromMonth(from), isoFromMonth(to)]
  const holding = bounds.filter((bound) => bound.from <= last && (bound.to === null || bound.to >= first))
  const floor = Math.max(...holding.map((bound) => bound.floor))
  const cap = Math.min(...holding.map((bound) => bound.cap))
  return Math.min(cap, Math.max(floor, Math.round(wished / 1000) * 1000))
}

/** Mean salary of the last `months` months paid before `month`, in whole dong; 0 where none was. */
export function meanSalary(times: readonly Paid[], month: number, months: number): number {
  let sum = 0
  let count = 0
  for (const { from, to, salary } of times.toReversed()) {
    const length = Math.min(Math.min(to ?? month - 1, month - 1) - from + 1, months - count)
    if (length <= 0) continue
    sum += salary * length
    count += length
  }
  return count === 0 ? 0 : Math.round(sum / count)
}
