import type { DirectiveNode } from 'graphql'
import type { Decision } from '../types.ts'

/** What was asked for at one place of the answer, in order, with what was cut. */
export type ShapeField = {
  /** Response key. */
  key: string
  coordinate: string
  /** The object type the field was asked on; null where the place has one possible type alone. */
  on: string | null
  /** `@skip` and `@include` between the enclosing field and this one. */
  conditions: readonly DirectiveNode[]
  /** The verdict that removed it; null where it was sent on. */
  cut: Decision | null
  /** The field whose verdict that is, where it is not this one: one that an argument filters by. */
  filteredBy?: string
  /** Not sent on although not cut: the caller gets the stub that is the same whether a row exists or not. */
  isStub: boolean
  children: readonly ShapeField[]
  /** The object it stands on speaks of the one person whom the root field named, as far as the schema tells. */
  isOfNamed: boolean
  /** Something below (or this) was cut. */
  hasCut: boolean
}

/** Response key under which the possible type of an abstract place is asked for, and stripped again. */
export const typeKey = 'authoriseTypename'
