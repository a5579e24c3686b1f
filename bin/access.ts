/** `npm run --silent access -- VERB`: who may read what, why, and what would change it. Reads rules and classes alone. */
import { Command } from 'commander'
import { loadOrganisations } from '../identity/organisations.ts'
import { nobody, principalFromClaims, stating } from '../identity/principal.ts'
import { callerFromPrincipal } from '../policy/caller.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import { accessMatrix, type AccessCell } from '../policy/review/access-matrix.ts'
import { callerClasses } from '../policy/review/caller-classes.ts'
import { coverage } from '../policy/review/coverage.ts'
import { explain } from '../policy/review/explain.ts'
import { matrixCsv } from '../policy/review/matrix-csv.ts'
import { loadGraph } from '../schema/load-graph.ts'
import { loadPersonas } from '../synthetic/personas.ts'

const { rules, purposes } = loadPolicy()
const { classes } = loadGraph()
const cells = () => accessMatrix(rules.rules, classes, callerClasses(purposes))
const print = (json: boolean | undefined, value: unknown, text: () => string) =>
  void process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text())
const line = ({ coordinate, caller, outcome, level, rule, citation, conditions }: AccessCell) =>
  `${coordinate}  ${caller}  ${outcome}  ${level}  ${rule}\n    ${conditions.en || 'unconditionally'} (${citation})\n    ${conditions.vi || 'không điều kiện'}\n`

const program: Command = new Command('access').description('Who may read what, under which condition and law.')
program
  .command('matrix')
  .description('every way to every field, as CSV or JSON')
  .option('--json')
  .action(({ json }: { json?: boolean }) => print(json, cells(), () => matrixCsv(cells())))
program
  .command('who <coordinate>')
  .description('everyone who can reach a field, and under which conditions')
  .option('--json')
  .action((coordinate: string, { json }: { json?: boolean }) => {
    fieldOf(coordinate)
    const found = cells().filter((cell) => cell.coordinate === coordinate && cell.outcome !== 'DENY')
    print(json, found, () => found.map(line).join('') || 'nobody\n')
  })
program
  .command('what')
  .description('everything a persona can reach under its first purpose, or the one named')
  .requiredOption('--as <persona>')
  .option('--purpose <code>')
  .option('--json')
  .action(({ as, purpose, json }: { as: string; purpose?: string; json?: boolean }) => {
    const caller = callerFromPrincipal(principalOf(as, purpose, null))
    const found = accessMatrix(rules.rules, classes, [{ name: as, caller }]).filter(({ outcome }) => outcome !== 'DENY')
    print(json, found, () => found.map(line).join(''))
  })
program
  .command('explain <coordinate>')
  .description('why a persona is answered or refused, and the smallest change that would open the field')
  .requiredOption('--as <persona>')
  .option('--purpose <code>')
  .option('--case <number>', 'a case is stated')
  .option('--json')
  .action(
    (
      coordinate: string,
      { as, purpose, case: number, json }: { as: string; purpose?: string; case?: string; json?: boolean },
    ) => {
      const principal = principalOf(as, purpose, number ?? null)
      const facts = {
        subjectClass: 'UNKNOWN',
        relation: principal.personalId === null ? 'OTHER' : 'UNKNOWN',
        jurisdiction: principal.jurisdiction.includes('VN')
          ? 'INSIDE'
          : principal.jurisdiction.length === 0
            ? 'OUTSIDE'
            : 'UNKNOWN',
        consent: principal.purpose === null || principal.org === null ? 'NONE' : 'UNKNOWN',
        case: number === undefined ? 'NONE' : 'UNKNOWN',
      } as const
      const told = explain(rules.rules, callerFromPrincipal(principal), fieldOf(coordinate), facts)
      const { decision, speaking, flip } = told
      print(json, told, () =>
        [
          `${decision.outcome}${decision.conditional ? ' (depends on the row)' : ''}  ${decision.code ?? ''}  rule ${decision.rule}, step ${decision.failed ?? '-'}`,
          `  ${decision.citation}${decision.proposal ? ' (proposal)' : ''}`,
          ...speaking.map(
            ({ rule, effect, title, conditions }) => `  ${rule}: ${effect} if ${conditions.en || 'asked'}; ${title.vi}`,
          ),
          flip === null ? '' : `  would open with ${JSON.stringify(flip.change)}: ${flip.outcome} by ${flip.rule}`,
          '',
        ].join('\n'),
      )
    },
  )
program
  .command('coverage')
  .description('fields without class, owner or dictionary entry; rules that never speak. Exit 1 when there are any')
  .option('--json')
  .action(({ json }: { json?: boolean }) => {
    const found = coverage(classes, rules.rules, cells())
    print(
      json,
      found,
      () =>
        `${found.fields} fields ${JSON.stringify(found.byLevel)}, ${found.incomplete.length} incomplete; ${found.rules} rules, never reached: ${found.unreached.join(', ') || 'none'}\n`,
    )
    if (found.incomplete.length > 0 || found.unreached.length > 0) process.exitCode = 1
  })
program.parse()

function fieldOf(coordinate: string) {
  const field = classes.get(coordinate)
  if (field === undefined) program.error(`no field ${coordinate}`, { exitCode: 2 })
  return field
}

function principalOf(name: string, purpose: string | undefined, caseNumber: string | null) {
  const persona = loadPersonas().find((one) => one.persona === name)
  if (persona === undefined) program.error(`no persona ${name}`, { exitCode: 2 })
  const signedIn = persona.claims === null ? nobody : principalFromClaims(persona.claims, '', loadOrganisations())
  if (signedIn === null) program.error(`${name} has claims that are none`, { exitCode: 2 })
  return stating(signedIn, { purpose: purpose ?? persona.purposes[0] ?? null, caseNumber })
}
