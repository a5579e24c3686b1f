import { problem } from '../../../policy/errors.ts'
import type { Edge } from '../../kit/types.ts'
import type { MeasureRow } from './measure-answer.ts'
import { measuredDatabases } from './measured-databases.ts'
import { qualityAnswers } from './quality-answers.ts'

const known = measuredDatabases.map(({ name }) => name)

/** The quality of the databases that are asked for, ranked among all. A name that is none is BAD_USER_INPUT. */
export const dataQuality: Edge = {
  kind: 'resolve',
  resolve: async (_parent, { databases }, { services }) => {
    const asked = Array.isArray(databases) ? databases.map(String) : known
    if (asked.some((name) => !known.includes(name)))
      throw problem('BAD_USER_INPUT', {
        vi: `databases: chỉ có ${known.join(', ')}`,
        en: `databases: there are only ${known.join(', ')}`,
      })
    const { rows } = await services.pool.query<MeasureRow>(
      `select database, indicator, method, type, field, part, query, base, observed, target, checked, failed, score, as_of,
         attempted_at, failure
       from quality_measure order by database, indicator, type, field, method, part`,
    )
    return qualityAnswers(rows, services.clock()).filter(({ database }) => asked.includes(database))
  },
}
