import type { Command } from 'commander'
import { loadOrganisations } from '../../identity/organisations.ts'
import { nobody, principalFromClaims, stating } from '../../identity/principal.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { accessMatrix, type AccessCell } from '../../policy/review/access-matrix.ts'
import { callerClasses } from '../../policy/review/caller-classes.ts'
import type { FieldClass, Principal } from '../../policy/types.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { loadPersonas } from '../../synthetic/personas.ts'

/** What every verb stands on: the rules and classes of this folder, and one way to print. Reads files alone. */
export type ReviewTools = ReturnType<typeof createReviewTools>

/** Ends a verb that was asked for something that does not exist, with one line and exit code 2. */
export type Refuse = (message: string) => never

/** Loads rules, purposes and classes once for all verbs of a run. */
export function createReviewTools() {
  const policy = loadPolicy()
  const graph = loadGraph()
  const cells = (): AccessCell[] => accessMatrix(policy.rules.rules, graph.classes, callerClasses(policy.purposes))
  return {
    ...policy,
    ...graph,
    cells,

    /** Prints the value as JSON where that was asked for, else the text. Nothing else goes to stdout. */
    print: (json: boolean | undefined, value: unknown, text: () => string): void =>
      void process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text()),

    fieldOf: (coordinate: string, verb: Command): FieldClass =>
      graph.classes.get(coordinate) ?? refusing(verb)(`no field ${coordinate}`),

    principalOf: (name: string, purpose: string | undefined, caseNumber: string | null, verb: Command): Principal => {
      const refuse = refusing(verb)
      const persona = loadPersonas().find((one) => one.persona === name) ?? refuse(`no persona ${name}`)
      const claims = persona.claims
      const signedIn = claims === null ? nobody : principalFromClaims(claims, '', loadOrganisations())
      return stating(signedIn ?? refuse(`${name} has claims that are none`), {
        purpose: purpose ?? persona.purposes[0] ?? null,
        caseNumber,
      })
    },
  }
}

function refusing(verb: Command): Refuse {
  return (message) => verb.error(message, { exitCode: 2 })
}
