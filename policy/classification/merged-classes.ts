import type { FieldClass } from '../types.ts'
import { homeOf } from './home-of.ts'
import { levelOf } from './level-of.ts'
import { joinAxes } from './strictness.ts'
import type { FieldModel } from './subgraph-model.ts'

/** One class a coordinate. Where subgraphs say different things each axis takes the strictest: it can't be widened. */
export function mergedClasses(fields: readonly FieldModel[]): ReadonlyMap<string, FieldClass> {
  const sizes = Map.groupBy(fields, (field) => `${field.subgraph}:${field.type}`)
  const said = Map.groupBy(
    fields.flatMap((field) => field.class ?? []),
    (one) => one.coordinate,
  )
  return new Map(
    [...said].map(([coordinate, classes]) => {
      const { type } = classes[0] as FieldClass
      const domains = classes.map((one) => one.domain)
      const home = homeOf(domains, (domain) => sizes.get(`${domain}:${type}`)?.length ?? 0)
      return [coordinate, merge(classes, home)]
    }),
  )
}

function merge(classes: readonly FieldClass[], home: string): FieldClass {
  const base = classes.find((one) => one.domain === home) as FieldClass
  const axes = joinAxes(base, ...classes)
  return Object.freeze({
    ...base,
    ...axes,
    level: levelOf(axes),
    mask: classes.every((one) => one.mask === base.mask) ? base.mask : 'NULL',
    from: [...new Set(classes.flatMap((one) => one.from))].toSorted(),
    structure: classes.every((one) => one.structure),
  })
}
