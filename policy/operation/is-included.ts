import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, type DirectiveNode } from 'graphql'

/** True where no `@skip` or `@include` among the conditions leaves the field out. */
export function isIncluded(
  conditions: readonly DirectiveNode[],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return conditions.every((directive) => {
    const node = { directives: [directive] }
    const skip = getDirectiveValues(GraphQLSkipDirective, node, variables)
    const include = getDirectiveValues(GraphQLIncludeDirective, node, variables)
    return skip?.['if'] !== true && include?.['if'] !== false
  })
}
