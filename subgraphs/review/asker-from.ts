import { loadOrganisations } from '../../identity/organisations.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import type { Asker } from '../../policy/review/asker.ts'
import type { CallerClass } from '../../policy/review/caller-classes.ts'
import { namedAsker, type Nameable } from '../../policy/review/named-asker.ts'
import type { RowFacts } from '../../policy/types.ts'
import { loadPersonas } from '../../synthetic/personas.ts'

/** AccessFactsInput as it arrives: enums are the words of the decision's own axes. */
type Facts = {
  relation?: RowFacts['relation'] | null
  subject?: RowFacts['subjectClass'] | null
  inside?: boolean | null
  consent?: RowFacts['consent'] | null
  caseCovers?: boolean | null
  approved?: boolean | null
  volume?: RowFacts['volume'] | null
  authnLevel?: number | null
  accountLevel?: number | null
}

/** The asker that the arguments of a what-if describe. Throws BAD_USER_INPUT as `namedAsker` does. */
export type AskerFrom = (args: Readonly<Record<string, unknown>>) => Asker

/** Reads `caller`, `purpose`, `caseStated` and `facts`, where a field has them. */
export function createAskerFrom(callers: readonly CallerClass[], purposes: PurposeRegistry): AskerFrom {
  let nameable: Nameable | undefined
  return (args) => {
    // Read when it is first asked: most processes never are.
    nameable ??= { callers, purposes, personas: loadPersonas(), organisations: loadOrganisations() }
    const purpose = args['purpose'] as string | null | undefined
    const asking = { as: String(args['caller']), purpose, isCaseStated: args['caseStated'] === true }
    return known(namedAsker(nameable, asking), (args['facts'] ?? {}) as Facts)
  }
}

function known({ caller, facts, statable }: Asker, given: Facts): Asker {
  const state = <T>(flag: boolean | null | undefined, yes: T, no: T, otherwise: T): T =>
    flag == null ? otherwise : flag ? yes : no
  return {
    caller: {
      ...caller,
      authnLevel: given.authnLevel ?? caller.authnLevel,
      accountLevel: given.accountLevel ?? caller.accountLevel,
    },
    facts: {
      subjectClass: given.subject ?? facts.subjectClass,
      relation: given.relation ?? facts.relation,
      jurisdiction: state<RowFacts['jurisdiction']>(given.inside, 'INSIDE', 'OUTSIDE', facts.jurisdiction),
      consent: given.consent ?? facts.consent,
      case: state<RowFacts['case']>(given.caseCovers, 'COVERS', 'NONE', facts.case),
      approval: state<RowFacts['approval']>(given.approved, 'GIVEN', 'NONE', facts.approval),
      volume: given.volume ?? facts.volume,
    },
    statable,
  }
}
