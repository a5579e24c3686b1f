/** Viet Nam keeps UTC+7 all year, and has since 1975. */
const aheadMs = 7 * 3_600_000

/** The day it is in Viet Nam, `YYYY-MM-DD`. */
export function dayInVietNam(now: Date): string {
  return new Date(now.getTime() + aheadMs).toISOString().slice(0, 10)
}

/** The month `by` months from another, `YYYY-MM`. */
export function monthAfter(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
