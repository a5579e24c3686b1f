import type { Command } from 'commander'
import type { ClientConfig } from 'pg'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { linkageRole } from '../../subgraphs/statistics/linkage/linkage-role.ts'
import { runRefresh } from '../../subgraphs/statistics/linkage/run-refresh.ts'
import type { Connect } from './connect.ts'
import { operatorVerb, type VerbTools } from './operator-verb.ts'

/** `figures`: counts everything, or some communes with all above them, and publishes. */
export function createFigures(tools: VerbTools): Command {
  return operatorVerb('figures', tools, async (connect, signal, command) => {
    const { communes } = command.opts<{ communes?: string[] }>()
    const databases = await connections(connect)
    if (communes !== undefined) await refuseUnknown(databases.statistics, communes)
    const answer = await runRefresh({ databases, now: new Date(), communes: communes ?? null }, signal)
    if ('failed' in answer) throw new Error(`the count failed (${answer.failed}): what was published stays`)
    if (!answer.isDone) throw new Error('another count is under way: nothing was done')
    tools.print(`counted ${answer.residents} residents, published ${answer.published} cells\n`)
  })
    .description('counts now and publishes; the rounding and thresholds are those of every count')
    .option('--communes <codes...>', 'count these communes alone, and what lies above them')
}

async function connections(connect: Connect) {
  const at = (name: string): Promise<ClientConfig> => connect(name, linkageRole(name))
  return {
    population: await at('population'),
    land: await at('land'),
    health: await at('health'),
    'social-security': await at('social-security'),
    catalogue: await at('catalogue'),
    statistics: await at('statistics'),
  }
}

/** Of a commune that nobody counted before there is nothing to count again. */
async function refuseUnknown(store: ClientConfig, communes: readonly string[]): Promise<void> {
  const { rows } = await withClient(store, (client) =>
    client.query<{ code: string }>('select code from unit where length(code) = 5 and code = any ($1)', [communes]),
  )
  const known = new Set(rows.map(({ code }) => code))
  const unknown = communes.filter((code) => !known.has(code))
  if (unknown.length > 0)
    throw new Error(`no commune of today that was counted before: ${unknown.join(', ')}. Count everything first`)
}
