/** `npm run --silent access -- VERB`: who may read what, why, what changed, and whether the log is whole. */
import { Command } from 'commander'
import { createReviewTools, type ReviewTools } from './access/review-tools.ts'

/** Each loaded where it is asked for, so that a verb starts without what the others need. */
const verbs: Readonly<Record<string, () => Promise<(tools: ReviewTools) => Command>>> = {
  matrix: async () => (await import('./access/matrix.ts')).createMatrix,
  who: async () => (await import('./access/who.ts')).createWho,
  what: async () => (await import('./access/what.ts')).createWhat,
  explain: async () => (await import('./access/explain.ts')).createExplain,
  simulate: async () => (await import('./access/simulate.ts')).createSimulate,
  diff: async () => (await import('./access/diff.ts')).createDiff,
  'check-no-new-access': async () => (await import('./access/check-no-new-access.ts')).createCheckNoNewAccess,
  approve: async () => (await import('./access/approve.ts')).createApprove,
  invariants: async () => (await import('./access/invariants.ts')).createInvariants,
  coverage: async () => (await import('./access/coverage.ts')).createCoverage,
  cedar: async () => (await import('./access/cedar.ts')).createCedar,
  unused: async () => (await import('./access/unused.ts')).createUnused,
  anomalies: async () => (await import('./access/anomalies.ts')).createAnomalies,
  evidence: async () => (await import('./access/evidence.ts')).createEvidence,
  log: async () => (await import('./access/log.ts')).createLog,
  attestation: async () => (await import('./access/attestation.ts')).createAttestation,
}

const program = new Command('access')
  .description('Who may read what, under which condition and law.')
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing found, 1 something found (each verb says what), 2 asked in a wrong way.',
  )
const [asked = ''] = process.argv.slice(2)
const tools = createReviewTools()
for (const load of Object.hasOwn(verbs, asked) ? [verbs[asked]] : Object.values(verbs)) {
  const create = await load?.()
  if (create !== undefined) program.addCommand(create(tools))
}
endWithCodes(program)
await program.parseAsync()

/** Commander ends wrong use with 1, which is a finding here. */
function endWithCodes(command: Command): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  for (const verb of command.commands) endWithCodes(verb)
}
