import type { GraphqlPlugin } from './graphql-plugin.ts'

/** Says which values are masked, at the top of the answer, and drops every other extension: plans and traces are not for clients. */
export const maskedValues: GraphqlPlugin = {
  name: 'masked-values',
  onAnswer: (answer) => {
    const { extensions: _dropped, ...result } = answer.result
    const { masked } = answer.context
    answer.result = masked.length > 0 && result.data != null ? { ...result, extensions: { masked } } : result
  },
}
