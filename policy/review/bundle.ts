import type { ArgumentClass, SubjectFields } from '../classification/types.ts'
import type { PurposeRegistry } from '../purposes.ts'
import type { Rule } from '../rule.ts'
import type { FieldClass, OrganisationKind } from '../types.ts'
import type { Invariant } from './invariant.ts'

/** Everything in files that says who may read what: what is compared, approved and proved. */
export type Bundle = {
  rules: readonly Rule[]
  purposes: PurposeRegistry
  /** By `Type.field`. */
  classes: ReadonlyMap<string, FieldClass>
  /** Who a row of a type speaks of, by `domain:Type` and by `Type`. */
  subjects: ReadonlyMap<string, SubjectFields>
  /** Arguments that touch a classified field, by `Type.field(argument)`. */
  arguments: ReadonlyMap<string, ArgumentClass>
  /** Organisations of schema/agencies.yaml by id: their kind opens purposes. */
  organisations: ReadonlyMap<string, OrganisationKind>
  /** How many people may be read and how fast, and what the reviewer is shown, by name. */
  figures: ReadonlyMap<string, unknown>
  /** What must hold whatever the rules say. */
  invariants: readonly Invariant[]
}
