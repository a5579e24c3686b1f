import type { Metrics } from '../metrics.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/** Counts answers by outcome and errors by code: never a name, a path or a value. */
export function countOutcomes(metrics: Metrics): GraphqlPlugin {
  return {
    name: 'count-outcomes',
    onAnswer: ({ result, operation }) => {
      const isWhole = result.errors === undefined || result.errors.length === 0
      const outcome = isWhole ? 'whole' : result.data == null ? 'refused' : 'partial'
      metrics.answered(outcome, operation?.operation ?? 'none')
      for (const { extensions } of result.errors ?? []) metrics.failed(String(extensions?.['code']))
    },
  }
}
