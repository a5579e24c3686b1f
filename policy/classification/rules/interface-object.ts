import type { Rule } from '../schema-model.ts'

/** `@interfaceObject` adds fields to types that do not declare them: they would be there without a class. */
export const interfaceObject: Rule = ({ types }) =>
  types
    .filter((type) => type.isInterfaceObject)
    .map((type) => ({
      coordinate: type.name,
      reason: `is an @interfaceObject in ${type.subgraph}: it gives other types fields without a class`,
    }))
