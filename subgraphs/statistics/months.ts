const days = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' })

/** The day it is in Viet Nam, `YYYY-MM-DD`. */
export function dayInVietNam(now: Date): string {
  return days.format(now)
}

/** The month it is in Viet Nam, `YYYY-MM`. */
export function monthInVietNam(now: Date): string {
  return dayInVietNam(now).slice(0, 7)
}

/** The month `by` months from another, `YYYY-MM`. */
export function monthAfter(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
