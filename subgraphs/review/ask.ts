import { createApart } from '../kit/apart.ts'
import type { GraphFacts } from '../kit/types.ts'
import type { Answers, Question } from './answer.ts'
import { filesChanged } from './files-changed.ts'
import type { InForce } from './project-in-force.ts'

/** Has a question answered; throws SUBGRAPH_UNAVAILABLE where the files are not what this process decides by. */
export type Ask = <Q extends Question>(question: Q, graph: GraphFacts) => Promise<Answers[Q['ask']]>

/** Takes questions of the whole graph to a thread: they walk it, or read text that somebody sent. One at a time. */
export function createAsk(): Ask {
  const apart = createApart<{ question: Question; inForce: InForce }, unknown>(
    new URL('answer-apart.ts', import.meta.url),
  )
  return async <Q extends Question>(question: Q, { bundleHash, schemaHash }: GraphFacts) => {
    const answered = await apart({ question, inForce: { rulesHash: bundleHash, schemaHash } })
    if (answered === null) throw filesChanged()
    return answered as Answers[Q['ask']]
  }
}
