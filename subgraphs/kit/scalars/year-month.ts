import { isMonth } from './calendar.ts'
import { createScalar } from './create-scalar.ts'
import { textThat } from './text-value.ts'

/** A month of a year. */
export const yearMonth = createScalar({
  name: 'YearMonth',
  description: ['Tháng của năm: 2026-06', 'Month of a year: 2026-06'],
  form: 'YYYY-MM',
  fromClient: textThat(isMonth),
  fromStore: textThat(isMonth),
})
