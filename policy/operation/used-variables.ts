import { visit, type OperationDefinitionNode } from 'graphql'

/** The operation with the variables it still uses: one that stood in cut fields alone goes with them. */
export function withUsedVariables(operation: OperationDefinitionNode): OperationDefinitionNode {
  const used = new Set<string>()
  visit(operation.selectionSet, { Variable: (variable) => void used.add(variable.name.value) })
  for (const directive of operation.directives ?? [])
    visit(directive, { Variable: (variable) => void used.add(variable.name.value) })
  return {
    ...operation,
    variableDefinitions: (operation.variableDefinitions ?? []).filter((definition) =>
      used.has(definition.variable.name.value),
    ),
  }
}
