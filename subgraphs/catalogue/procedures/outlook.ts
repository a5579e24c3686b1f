import { strictest } from '../../../policy/decide.ts'
import type { CallerDecisions } from '../../../policy/remembered-decisions.ts'
import type { Decision, ErrorCode, FieldClass, RowFacts } from '../../../policy/types.ts'

/** What a caller can expect of a value before any person is looked at. */
export type Outlook = {
  outlook: 'READ' | 'MASKED' | 'DEPENDS' | 'CONSENT' | 'REFUSED'
  /** Why not, or what is missing; null where the value may come. */
  refusal: ErrorCode | null
  /** The coordinates that only a consent opens. */
  toConsent: readonly string[]
}

/** The strictest early verdict on the way to a value: a field opens no further than the field that leads to it. */
export function outlookOf(
  way: readonly [FieldClass, ...FieldClass[]],
  early: CallerDecisions['early'],
  facts: RowFacts,
): Outlook {
  const [first, ...further] = way
  const over = (known: RowFacts): readonly [Decision, ...Decision[]] => [
    early(known)(first),
    ...further.map((field) => early(known)(field)),
  ]
  const verdicts = over(facts)
  const { outcome, code } = strictest(verdicts)
  if (outcome !== 'ALLOW' && outcome !== 'MASK') return { outlook: 'REFUSED', refusal: code, toConsent: [] }

  const without = over({ ...facts, consent: 'NONE' })
  const toConsent = way.flatMap(({ coordinate }, at) => (without[at]?.code === 'CONSENT_REQUIRED' ? [coordinate] : []))
  if (toConsent.length > 0) return { outlook: 'CONSENT', refusal: 'CONSENT_REQUIRED', toConsent }
  if (verdicts.some(({ conditional }) => conditional)) return { outlook: 'DEPENDS', refusal: null, toConsent: [] }
  return { outlook: outcome === 'MASK' ? 'MASKED' : 'READ', refusal: null, toConsent: [] }
}
