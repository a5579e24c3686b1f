import type { ConsentScope, Decision, RowFacts } from './types.ts'

/** The verdict on one person's part of a field, what it rests on, and the consent that carries it. */
export type Verdict = { person: string | null; decision: Decision; facts: RowFacts; consent: ConsentScope | null }
