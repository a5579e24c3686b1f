import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadOrganisations } from '../../identity/organisations.ts'
import { nobody, principalFromClaims, stating } from '../../identity/principal.ts'
import { callerFromPrincipal, type Caller } from '../../policy/caller.ts'
import type { Bundle } from '../../policy/review/bundle.ts'
import { coverage, type Coverage } from '../../policy/review/coverage.ts'
import { rulesOfDecideCases, rulesOfGoldenCases } from '../../policy/review/tested-rules.ts'
import { readDictionary } from '../../schema/read-dictionary.ts'
import { registry } from '../registry.ts'
import { loadPersonas } from '../../synthetic/personas.ts'

const root = join(import.meta.dirname, '../..')

/** Measures this project: its bundle against its dictionary and the cases its tests run. */
export function coverageOf(bundle: Bundle): Coverage {
  const text = (file: string) => readFileSync(file, 'utf8')
  const callerOf = personaCallers()
  const golden = registry.map(({ folder }) => join(folder, 'cases.yaml')).filter((file) => existsSync(file))
  const tested = [
    rulesOfDecideCases(text(join(root, 'policy/decide.cases.yaml')), bundle.rules),
    ...golden.map((file) => rulesOfGoldenCases(text(file), bundle.rules, bundle.classes, callerOf)),
  ]
  return coverage({
    bundle,
    dictionary: readDictionary(registry).entries,
    tested: new Set(tested.flatMap((ids) => [...ids])),
  })
}

/** Callers of the personas under their purposes. */
function personaCallers(): (name: string, purpose: string | undefined) => Caller | null {
  const organisations = loadOrganisations()
  const personas = new Map(loadPersonas().map(({ persona, claims }) => [persona, claims]))
  return (name, purpose) => {
    const claims = personas.get(name)
    if (claims === undefined) return null
    const principal = claims === null ? nobody : principalFromClaims(claims, '', organisations)
    return principal && callerFromPrincipal(stating(principal, { purpose: purpose ?? null, caseNumber: null }))
  }
}
