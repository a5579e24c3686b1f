/** `npm run --silent statistics -- VERB`: counts figures, measures quality, and shows an owner its own odd records. */
import { Command } from 'commander'
import { createFigures } from './statistics/figures.ts'
import { createFindings } from './statistics/findings.ts'
import { createQuality } from './statistics/quality.ts'

const print = (text: string): void => void process.stdout.write(text)
const program = new Command('statistics')
  .description('Counts figures and measures quality now, on the databases of the server that runs here.')
  .addHelpText('after', '\nExit codes: 0 done, 1 not done or not all of it, 2 asked in a wrong way.')
for (const create of [createFigures, createQuality, createFindings]) program.addCommand(create({ print }))
for (const command of [program, ...program.commands])
  command.exitOverride(({ exitCode, code }) =>
    process.exit(code === 'statistics.failed' || exitCode === 0 ? exitCode : 2),
  )
await program.parseAsync()
