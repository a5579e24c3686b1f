import { Kind, parse, visit } from 'graphql'

/**
 * `Type.field` -> how long its list is taken to be, where the schema says so: `@listSize(assumedSize:)` of the cost
 * directives (IBM's specification, in federation since 2.9). For lists without pages that are longer than usual: the
 * mean where there are many such lists, the longest where there is one.
 */
export function listSizes(supergraphSdl: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  let type = ''
  visit(parse(supergraphSdl, { noLocation: true }), {
    ObjectTypeDefinition: ({ name }) => void (type = name.value),
    FieldDefinition: ({ name, directives }) => {
      const size = directives
        ?.find((directive) => directive.name.value === 'listSize')
        ?.arguments?.find((argument) => argument.name.value === 'assumedSize')?.value
      if (size?.kind === Kind.INT) sizes.set(`${type}.${name.value}`, Number(size.value))
    },
  })
  return sizes
}
