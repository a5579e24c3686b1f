import type { GraphqlPlugin } from './graphql-plugin.ts'

/** Hands out the receipts of the answer's records at its top: with them anybody can show later that the log must hold these. */
export const recordReceipts: GraphqlPlugin = {
  name: 'record-receipts',
  onAnswer: (answer) => {
    const { receipts } = answer.context
    if (receipts.length === 0) return
    answer.result = { ...answer.result, extensions: { ...answer.result.extensions, receipts } }
  },
}
