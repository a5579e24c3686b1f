import { Command } from 'commander'
import { loadAnomalyFigures, loadVolumePolicy } from '../../policy/load-policy.ts'
import { anomalies, type Anomaly } from '../../subgraphs/oversight/anomalies/anomalies.ts'
import { loadNames } from '../../subgraphs/oversight/names.ts'
import type { ReviewTools } from './review-tools.ts'
import { withLog } from './with-log.ts'

type Options = { since?: string; json?: boolean }

/** `anomalies`: what in the log is worth a look, with the records behind it. */
export function createAnomalies({ print }: Pick<ReviewTools, 'print'>): Command {
  const verb = new Command('anomalies')
    .description(
      'readings of relatives, without the usual case, outside office hours; budgets past half; one person read by many; enumeration. Exit 1 when there are any',
    )
    .option('--since <date>', 'ISO date or time; the last 24 hours without it')
    .option('--json')
  return verb.action(async ({ since, json }: Options) => {
    const from = since === undefined ? null : new Date(since)
    if (from !== null && Number.isNaN(from.getTime())) verb.error(`--since ${since} is no date`, { exitCode: 2 })
    const names = loadNames()
    try {
      const found = await withLog((database) =>
        anomalies(
          { since: from },
          { database, now: new Date(), volume: loadVolumePolicy(), names },
          loadAnomalyFigures(),
        ),
      )
      print(json, found, () => found.map(lineOf).join('') || 'nothing worth a look\n')
      if (found.length > 0) process.exitCode = 1
    } catch (error) {
      verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
    }
  })
}

function lineOf({
  kind,
  organisation,
  staffCode,
  subject,
  purpose,
  reasonEn,
  reason,
  lastAt,
  count,
  records,
}: Anomaly) {
  const who = [organisation?.code, staffCode, purpose?.code, subject === null ? null : `about ${subject}`]
  return `${kind}  ${lastAt}  ${who.filter(Boolean).join('  ')}\n    ${reasonEn}\n    ${reason}\n    ${count} records: ${records.join(' ')}\n`
}
