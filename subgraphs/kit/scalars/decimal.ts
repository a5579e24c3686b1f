import { createScalar } from './create-scalar.ts'
import { textThat } from './text-value.ts'

const isDecimal = textThat((text) => /^-?\d{1,30}(\.\d{1,30})?$/.test(text))

/** An exact decimal number as text: areas, coefficients, rates. */
export const decimal = createScalar({
  name: 'Decimal',
  description: ['Số thập phân chính xác, dạng chuỗi: "120.5"', 'Exact decimal number as text: "120.5"'],
  form: '-?digits(.digits)?',
  fromClient: isDecimal,
  fromStore: isDecimal,
})
