import { isDay } from './calendar.ts'
import { createScalar } from './create-scalar.ts'
import { textThat } from './text-value.ts'

/** A day of the calendar. Databases give it as text: a JavaScript Date would move it with the time zone. */
export const date = createScalar({
  name: 'Date',
  description: ['Ngày theo lịch, ISO 8601: 2026-06-30', 'Calendar day, ISO 8601: 2026-06-30'],
  form: 'YYYY-MM-DD',
  fromClient: textThat(isDay),
  fromStore: textThat(isDay),
})
