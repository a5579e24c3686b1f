import { readFileSync } from 'node:fs'
import { loadOrganisations } from '../../../identity/organisations.ts'
import { createPurposeRegistry } from '../../../policy/purposes.ts'
import { callerClasses, type CallerClass } from '../../../policy/review/caller-classes.ts'
import type { UnusedRights, Use } from '../../../policy/review/unused-rights.ts'
import type { OrganisationKind } from '../../../policy/types.ts'
import { createApart } from '../../kit/apart.ts'
import type { GraphFacts, SubgraphServices } from '../../kit/types.ts'
import { usesFromLog } from './uses-from-log.ts'

/** What the thread is given. */
export type UnusedJob = Pick<GraphFacts, 'rules' | 'classes'> & {
  callers: readonly CallerClass[]
  organisations: ReadonlyMap<string, OrganisationKind>
  uses: readonly Use[]
  since: Date
}

/** `unusedRights`: rights of the rules in force that no record since then shows in use, by rule and kind of caller. */
export function createUnused() {
  const find = createApart<UnusedJob, UnusedRights[]>(new URL('unused-apart.ts', import.meta.url))
  const purposes = readFileSync(new URL('../../../policy/purposes.yaml', import.meta.url), 'utf8')
  const callers = callerClasses(createPurposeRegistry(purposes))
  const organisations = new Map([...loadOrganisations().values()].map(({ id, kind }) => [id, kind]))
  return async (since: Date, { pool, graph: { rules, classes } }: SubgraphServices) => {
    const uses = await usesFromLog(pool, since)
    const found = await find({ rules, classes, callers, organisations, uses, since })
    return found.map(({ rule, rights, unused }) => ({
      rule,
      rights,
      unused: unused.length,
      callers: [...Map.groupBy(unused, ({ caller }) => caller)].map(([caller, own]) => ({
        caller,
        coordinates: own.map(({ coordinate }) => coordinate),
      })),
    }))
  }
}
