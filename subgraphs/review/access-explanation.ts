import { errorCatalogue } from '../../policy/error-catalogue.ts'
import { problem } from '../../policy/errors.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import { askerOfClass, type Asker } from '../../policy/review/asker.ts'
import type { CallerClass } from '../../policy/review/caller-classes.ts'
import { explain } from '../../policy/review/explain.ts'
import { stepWords } from '../../policy/review/step-words.ts'
import type { RowFacts } from '../../policy/types.ts'
import type { Edge } from '../kit/types.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']

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

/** `accessExplanation`: a what-if for a kind of caller. Throws BAD_USER_INPUT for a field or caller that does not exist. */
export function createAccessExplanation(callers: readonly CallerClass[], purposes: PurposeRegistry): Resolve {
  return (_root, args, { services: { graph } }) => {
    const field = graph.classes.get(String(args['coordinate']))
    const caller = callers.find(({ name }) => name === args['caller'])
    if (field === undefined || caller === undefined) throw unknownName()
    const asker = known(askerOfClass(caller, purposes), (args['facts'] ?? {}) as Facts)
    const { coordinate, decision, title, path, nearest, flip } = explain(graph.rules, asker, field)
    return {
      ...decision,
      coordinate,
      title,
      reason:
        decision.code === null ? null : { vi: errorCatalogue[decision.code].vi, en: errorCatalogue[decision.code].en },
      path: path.map((step) => ({ ...step, name: { ...stepWords[step.step] } })),
      nearest: nearest.map(({ effect, ...near }) => ({ ...near, outcome: effect })),
      smallestChange: flip,
    }
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

const unknownName = () =>
  problem('BAD_USER_INPUT', { vi: 'không có trường hoặc loại người hỏi này', en: 'no such field or kind of caller' })
