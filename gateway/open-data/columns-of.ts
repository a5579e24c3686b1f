import { Kind, parse, type SelectionSetNode } from 'graphql'

/**
 * The columns a question gives: the response names of its values below the one root field, in their order, with a dot
 * between an object and its fields. Pages are seen through. Throws where there is not one operation with one root field.
 */
export function columnsOf(query: string): string[] {
  const { definitions } = parse(query)
  const [operation] = definitions
  if (definitions.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new TypeError('a dataset is one operation without fragments')
  const roots = fieldsOf(operation.selectionSet)
  const rows = roots[0]?.selections
  if (roots.length !== 1 || rows === undefined) throw new TypeError('a dataset has one root field of objects')
  const nodes = fieldsOf(rows).find(({ name }) => name === 'nodes')?.selections
  return pathsOf(nodes ?? rows, '')
}

type Asked = { name: string; selections: SelectionSetNode | undefined }

function fieldsOf({ selections }: SelectionSetNode): Asked[] {
  return selections.map((selection) => {
    if (selection.kind !== Kind.FIELD) throw new TypeError('a dataset is one operation without fragments')
    return { name: selection.alias?.value ?? selection.name.value, selections: selection.selectionSet }
  })
}

function pathsOf(selections: SelectionSetNode, prefix: string): string[] {
  return fieldsOf(selections).flatMap(({ name, selections: below }) =>
    below === undefined ? [`${prefix}${name}`] : pathsOf(below, `${prefix}${name}.`),
  )
}
