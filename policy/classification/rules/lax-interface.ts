import type { Rule } from '../schema-model.ts'
import { laxerThan } from '../strictness.ts'

/** An interface field is at least as strict as each implementation's: it is a way to all of them. */
export const laxInterface: Rule = ({ types, classes }) =>
  types
    .filter((type) => type.kind === 'INTERFACE')
    .flatMap((type) =>
      [...type.fields.values()].flatMap((field) => {
        const implementing = new Set(types.filter((one) => one.interfaces.includes(type.name)).map((one) => one.name))
        return [...implementing].flatMap((name) => {
          const own = classes.get(field.coordinate)
          const theirs = classes.get(`${name}.${field.name}`)
          const lax = own && theirs ? laxerThan(own, theirs) : []
          if (lax.length === 0) return []
          return [{ coordinate: field.coordinate, reason: `is laxer than ${theirs?.coordinate}: ${lax.join('; ')}` }]
        })
      }),
    )
