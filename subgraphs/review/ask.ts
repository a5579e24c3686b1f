import { problem } from '../../policy/errors.ts'
import { createApart } from '../kit/apart.ts'
import type { GraphFacts } from '../kit/types.ts'
import type { Answers, Question } from './answer.ts'
import { filesChanged } from './files-changed.ts'
import type { InForce } from './project-in-force.ts'

/**
 * Has a question answered. Throws SUBGRAPH_UNAVAILABLE where the files are not what this process decides by, RATE_LIMITED
 * where as many are waiting as may.
 */
export type Ask = <Q extends Question>(
  question: Q,
  graph: Pick<GraphFacts, 'bundleHash' | 'schemaHash'>,
) => Promise<Answers[Q['ask']]>

/** Takes questions of the whole graph to a thread: they walk it, or read text that somebody sent. One at a time. */
export function createAsk(mostWaiting = 16): Ask {
  const apart = createApart<{ question: Question; inForce: InForce }, unknown>(
    new URL('answer-apart.ts', import.meta.url),
  )
  let waiting = 0
  return async <Q extends Question>(question: Q, { bundleHash, schemaHash }: Parameters<Ask>[1]) => {
    if (waiting >= mostWaiting) throw problem('RATE_LIMITED')
    waiting += 1
    try {
      const answered = await apart({ question, inForce: { rulesHash: bundleHash, schemaHash } })
      if (answered === null) throw filesChanged()
      return answered as Answers[Q['ask']]
    } finally {
      waiting -= 1
    }
  }
}
