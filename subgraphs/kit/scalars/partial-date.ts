import { isDay, isMonth } from './calendar.ts'
import { createScalar } from './create-scalar.ts'
import { textThat } from './text-value.ts'

const isPartialDate = textThat((text) => /^\d{4}$/.test(text) || isMonth(text) || isDay(text))

/** A date known to the year, the month or the day; masked to the year it is still a PartialDate. */
export const partialDate = createScalar({
  name: 'PartialDate',
  description: [
    'Ngày biết đến năm, tháng hoặc ngày: 1990, 1990-05, 1990-05-17',
    'Date known to the year, month or day: 1990, 1990-05, 1990-05-17',
  ],
  form: 'YYYY, YYYY-MM, YYYY-MM-DD',
  fromClient: isPartialDate,
  fromStore: isPartialDate,
})
