import type { Command } from 'commander'
import { databaseName } from '../../subgraphs/kit/postgres/database-names.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { measuredDatabases } from '../../subgraphs/statistics/quality/measured-databases.ts'
import { operatorVerb, type VerbTools } from './operator-verb.ts'

const names = measuredDatabases.filter(({ compared }) => compared.length > 0).map(({ name }) => name)

/** `findings DATABASE`: for its owner, which of its own records disagree with most other databases, as CSV. */
export function createFindings(tools: VerbTools): Command {
  return operatorVerb('findings', tools, async (connect, _signal, command) => {
    const [name = ''] = command.args
    if (!names.includes(name)) throw new Error(`no such database: ${names.join(', ')}`)
    const at = await connect(name, `${databaseName(name)}_steward`)
    const { rows } = await withClient(at, (client) =>
      client.query<{ line: string }>(
        `select concat_ws(',', personal_id, field, found_on) as line from quality_finding order by personal_id, field`,
      ),
    )
    tools.print(['personal_id,field,found_on', ...rows.map(({ line }) => line), ''].join('\n'))
  })
    .description(
      "the owner's own records that disagree with most other databases, with the field, as CSV: personal data",
    )
    .argument('<database>', names.join(', '))
}
