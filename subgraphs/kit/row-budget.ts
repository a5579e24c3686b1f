import type { GraphQLError } from 'graphql'
import { problem } from '../../policy/errors.ts'

/**
 * Rows that one fetch may stand on, each counted as often as it is reached. Lists without pages multiply when they lie
 * in one another (communes of the provinces of communes …): nothing that is known before the rows bounds that.
 */
const largest = 10_000

/** Counts the rows of one fetch. */
export type RowBudget = {
  /** Throws QUERY_TOO_COMPLEX when the fetch has had too many, now and ever after. */
  take: (rows: number) => void
  /** Rows that may still be had. Throws like `take` when there were too many already. */
  left: () => number
  isExhausted: () => boolean
}

/** A budget for one fetch. */
export function createRowBudget(): RowBudget {
  let taken = 0
  const take = (rows: number): void => {
    taken += rows
    if (taken > largest) throw tooManyRows()
  }
  return {
    take,
    left: () => {
      take(0)
      return largest - taken
    },
    isExhausted: () => taken > largest,
  }
}

/** What the whole fetch is answered with. */
export const tooManyRows = (): GraphQLError =>
  problem('QUERY_TOO_COMPLEX', {
    vi: `quá ${largest} bản ghi từ một cơ sở dữ liệu trong một truy vấn`,
    en: `more than ${largest} rows of one database in one query`,
  })
