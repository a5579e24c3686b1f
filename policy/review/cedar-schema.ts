import type { Bundle } from './bundle.ts'
import { anyAction, cedarActions } from './cedar-policies.ts'
import { levelsOf } from './finite-space.ts'
import type { SpaceCaller } from './space-callers.ts'
import type { FieldClass } from '../types.ts'

/** An entity as Cedar's JSON writes it. */
export type CedarEntity = {
  uid: { type: string; id: string }
  attrs: Record<string, string | boolean | string[]>
  parents: { type: string; id: string }[]
}

/** Cedar's schema of callers, fields and what is known of the row. */
export function cedarSchema(): string {
  return `// Who asks. "NONE": no organisation, no purpose.
entity Caller = {
  kind: String,
  orgKind: String,
  roles: Set<String>,
  purpose: String,
  delegated: Bool,
};

// A field by its class; childLevel is its level where the row is a child's.
entity Field = {
  coordinate: String,
  type: String,
  domain: String,
  level: String,
  childLevel: String,
  categories: Set<String>,
  structure: Bool,
  hasMask: Bool,
};

${[...cedarActions, anyAction].map((action) => `action ${action} appliesTo {\n  principal: Caller,\n  resource: Field,\n  context: Point,\n};`).join('\n')}

// Sign-in and row.
type Point = {
  accountLevel: Long,
  authnLevel: Long,
  subjectClass: String,
  relation: String,
  jurisdiction: String,
  consent: String,
  "case": String,
  approval: String,
  volume: String,
};
`
}

/** The classes as entities. */
export function cedarFields({ classes }: Bundle): CedarEntity[] {
  return [...classes.values()].map(cedarField)
}

export function cedarField(field: FieldClass): CedarEntity {
  const { coordinate, type, domain, structure } = field
  const [level, childLevel] = levelsOf(field)
  const categories = [...new Set([...field.personal, ...field.inferring])]
  const attrs = { coordinate, type, domain, level, childLevel, categories, structure, hasMask: field.mask !== 'NULL' }
  return { uid: { type: 'Field', id: coordinate }, attrs, parents: [] }
}

export function cedarCaller({ name, caller }: Pick<SpaceCaller, 'name' | 'caller'>): CedarEntity {
  const { kind, orgKind, roles, purpose, delegated } = caller
  const attrs = { kind, orgKind: orgKind ?? 'NONE', roles: [...roles], purpose: purpose ?? 'NONE', delegated }
  return { uid: { type: 'Caller', id: name }, attrs, parents: [] }
}
