import type { FieldClass } from '../../types.ts'
import type { Rule } from '../schema-model.ts'

const compared = [
  ...(['sharing', 'importance', 'secrecy', 'personal', 'inferring'] as const),
  ...(['owner', 'dict', 'mask', 'from', 'structure'] as const),
]

/**
 * Subgraphs that resolve the same field say the same of it: composition would take the majority's word and only hint
 * at the rest.
 */
export const disagreement: Rule = ({ fields }) => {
  const said = Map.groupBy(fields, (field) => field.coordinate)
  return [...said].flatMap(([coordinate, several]) => {
    const [first, ...others] = several.flatMap((field) => field.class ?? [])
    if (!first) return []
    return others.flatMap((other) => differences(first, other)).map((reason) => ({ coordinate, reason }))
  })
}

function differences(one: FieldClass, other: FieldClass): readonly string[] {
  return compared
    .filter((axis) => String(one[axis]) !== String(other[axis]))
    .map((axis) => `disagrees on ${axis}: ${one.domain} says ${show(one[axis])}, ${other.domain} ${show(other[axis])}`)
}

function show(value: FieldClass[(typeof compared)[number]]): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value)
}
