/** `npm run --silent access -- VERB`: who may read what, why, what changed, and whether the log is whole. */
import { Command } from 'commander'
import { createAnomalies } from './access/anomalies.ts'
import { createApprove } from './access/approve.ts'
import { createCedar } from './access/cedar.ts'
import { createCheckNoNewAccess } from './access/check-no-new-access.ts'
import { createCoverage } from './access/coverage.ts'
import { createDiff } from './access/diff.ts'
import { createEvidence } from './access/evidence.ts'
import { createExplain } from './access/explain.ts'
import { createInvariants } from './access/invariants.ts'
import { createLog } from './access/log.ts'
import { createMatrix } from './access/matrix.ts'
import { createReviewTools } from './access/review-tools.ts'
import { createSimulate } from './access/simulate.ts'
import { createUnused } from './access/unused.ts'
import { createWhat } from './access/what.ts'
import { createWho } from './access/who.ts'

const tools = createReviewTools()
const program = new Command('access')
  .description('Who may read what, under which condition and law.')
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing found, 1 something found (each verb says what), 2 asked in a wrong way.',
  )
const verbs = [
  createMatrix,
  createWho,
  createWhat,
  createExplain,
  createSimulate,
  createDiff,
  createCheckNoNewAccess,
  createApprove,
  createInvariants,
  createCoverage,
  createCedar,
  createUnused,
  createAnomalies,
  createEvidence,
  createLog,
]
for (const create of verbs) program.addCommand(create(tools))
endWithCodes(program)
await program.parseAsync()

/** Commander ends wrong use with 1, which is a finding here. */
function endWithCodes(command: Command): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  for (const verb of command.commands) endWithCodes(verb)
}
