import { Kind, valueFromASTUntyped, visit } from 'graphql'
import type { ASTNode, ConstDirectiveNode, DocumentNode } from 'graphql'
import { directivesOf, textArgument } from './ast.ts'
import type { Problem } from './types.ts'

/**
 * Directives that stand in a document under another name than their own: renamed on import, under a renamed link, or
 * with their namespace before them. The rules know directives by their names alone, so any of these would hide a
 * class, a `@requires` or a `@key` (GHSA-g8jh-vg5j-4h3f).
 */
export function disguises(document: DocumentNode): readonly Problem[] {
  return [...renamedLinks(document), ...qualifiedIn(document)]
}

/** Links and imports of a schema under other names than their own. */
export function renamedLinks(document: DocumentNode): readonly Problem[] {
  const links = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? directivesOf(node, 'link') : [],
  )
  return links.flatMap(renamedIn)
}

function renamedIn(link: ConstDirectiveNode): readonly Problem[] {
  const as = textArgument(link, 'as')
  const url = textArgument(link, 'url') ?? ''
  const imports = link.arguments?.find((argument) => argument.name.value === 'import')?.value
  const imported: unknown = imports ? valueFromASTUntyped(imports) : []
  const renamed = (Array.isArray(imported) ? imported : [imported]).filter(isRenamedImport)
  return [
    ...(as === null ? [] : [{ coordinate: 'schema', reason: `links ${url} as "${as}"; directives keep their names` }]),
    ...renamed.map(({ name, as: other }) => ({
      coordinate: 'schema',
      reason: `imports ${name} as ${other}; a directive keeps its name, or what it says would be lost`,
    })),
  ]
}

function qualifiedIn(document: DocumentNode): readonly Problem[] {
  const found: Problem[] = []
  visit(document, {
    [Kind.DIRECTIVE]: (node, _key, _parent, _path, ancestors) => {
      if (!node.name.value.includes('__')) return
      found.push({
        coordinate: coordinateOf(ancestors),
        reason: `uses @${node.name.value}; import it and use its name`,
      })
    },
  })
  return found
}

function coordinateOf(ancestors: readonly (ASTNode | readonly ASTNode[])[]): string {
  const names = ancestors.flatMap((one) => ('kind' in one && 'name' in one && one.name ? [one.name.value] : []))
  return names.join('.') || 'schema'
}

function isRenamedImport(value: unknown): value is { name: string; as: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'as' in value && value.as !== value.name
}
