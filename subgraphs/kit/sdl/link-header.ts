import { Kind, parse, visit } from 'graphql'
import type { DocumentNode } from 'graphql'
import { classificationUrl } from '../../../policy/classification/vocabulary.ts'

const federationUrl = 'https://specs.apollo.dev/federation/v2.12'
const federationDirectives: readonly string[] = [
  'authenticated',
  'composeDirective',
  'context',
  'cost',
  'extends',
  'external',
  'fromContext',
  'inaccessible',
  'interfaceObject',
  'key',
  'listSize',
  'override',
  'policy',
  'provides',
  'requires',
  'requiresScopes',
  'shareable',
  'tag',
]

/** `extend schema @link …`: federation with the directives in use under their own names, and the classification. */
export function linkHeader(types: DocumentNode): DocumentNode {
  const used = new Set(['composeDirective'])
  visit(types, { [Kind.DIRECTIVE]: (node) => void used.add(node.name.value) })
  const imported = federationDirectives.filter((name) => used.has(name)).map((name) => `"@${name}"`)
  return parse(`
    extend schema
      @link(url: "${federationUrl}", import: [${imported.join(', ')}])
      @link(url: "${classificationUrl}", import: ["@classified", "@subject"])
      @composeDirective(name: "@classified")
      @composeDirective(name: "@subject")
  `)
}
