import { problem } from '../../../policy/errors.ts'
import { monthAfter } from '../months.ts'
import type { StoreState } from './store-state.ts'

/** The newest month with figures, and the month it is. */
type Months = Pick<StoreState, 'latest'> & { thisMonth: string }

/** Months of one series. */
const most = 24

/** The month asked for, or the newest with figures. Throws BAD_USER_INPUT for one that has not come. */
export function monthAsked({ latest, thisMonth }: Months, asked: unknown): string {
  const month = typeof asked === 'string' ? asked : (latest ?? thisMonth)
  if (month > thisMonth) throw problem('BAD_USER_INPUT', { vi: 'tháng này chưa tới', en: 'that month has not come' })
  return month
}

/** The months from one to another. Throws BAD_USER_INPUT where they are in the wrong order, too many or not yet come. */
export function monthsAsked(state: Months, from: string, to: string): string[] {
  const last = monthAsked(state, to)
  if (from > last)
    throw problem('BAD_USER_INPUT', { vi: 'tháng đầu sau tháng cuối', en: 'the first month is after the last' })
  const months = [from]
  while ((months.at(-1) ?? last) < last) {
    if (months.length === most)
      throw problem('BAD_USER_INPUT', { vi: `không quá ${most} tháng`, en: `no more than ${most} months` })
    months.push(monthAfter(months.at(-1) ?? last, 1))
  }
  return months
}
