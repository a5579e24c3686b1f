import { createScalar } from './create-scalar.ts'

/** Whole dong. Above 2^53 a JSON number loses digits, so such a sum is refused rather than rounded. */
export const money = createScalar({
  name: 'Money',
  description: ['Số tiền, đồng Việt Nam, số nguyên', 'Amount in whole Vietnamese dong'],
  form: 'số nguyên / integer',
  fromClient: (input) => (Number.isSafeInteger(input) ? (input as number) : undefined),
  fromStore: (stored) => {
    const value = typeof stored === 'string' && /^-?\d+$/.test(stored) ? Number(stored) : stored
    return Number.isSafeInteger(value) ? (value as number) : undefined
  },
})
