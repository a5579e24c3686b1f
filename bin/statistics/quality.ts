import type { Command } from 'commander'
import { loadGraph } from '../../schema/load-graph.ts'
import { columnTypes } from '../../subgraphs/kit/postgres/column-types.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { probeDatabases } from '../../subgraphs/statistics/quality/probe-databases.ts'
import { loggedCoordinates, qualityDatabases } from '../../subgraphs/statistics/quality/quality-sources.ts'
import { runQuality } from '../../subgraphs/statistics/quality/run-quality.ts'
import { operatorVerb, type VerbTools } from './operator-verb.ts'

/** `quality`: calls and measures every database. */
export function createQuality(tools: VerbTools): Command {
  return operatorVerb('quality', tools, async (connect, signal) => {
    const asked = Object.entries(qualityDatabases(connect))
    const databases = Object.fromEntries(await Promise.all(asked.map(async ([name, at]) => [name, await at] as const)))
    const now = new Date()
    await withClient({ ...databases['statistics'], types: columnTypes }, (store) =>
      probeDatabases(store, databases, now),
    )
    const coordinates = loggedCoordinates(loadGraph().classes)
    const answer = await runQuality({ databases, coordinates, now }, signal)
    if ('failed' in answer) throw new Error(`measuring failed (${answer.failed}): what was measured stays`)
    if (!answer.isDone) throw new Error('another measuring is under way: nothing was done')
    tools.print(`took ${answer.measures} measures\n`)
    if (answer.failures > 0)
      throw new Error(`${answer.failures} failed: Query.dataQuality says which, by status FAILED`)
  }).description('measures the quality of every database now')
}
