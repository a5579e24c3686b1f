/** `npm run --silent access -- VERB`: who may read what, why, what changed, and whether the log is whole. */
import { Command } from 'commander'
import { createCoverage } from './access/coverage.ts'
import { createExplain } from './access/explain.ts'
import { createMatrix } from './access/matrix.ts'
import { createReviewTools } from './access/review-tools.ts'
import { createWhat } from './access/what.ts'
import { createWho } from './access/who.ts'

const tools = createReviewTools()
const program = new Command('access').description('Who may read what, under which condition and law.')
for (const create of [createMatrix, createWho, createWhat, createExplain, createCoverage])
  program.addCommand(create(tools))
await program.parseAsync()
