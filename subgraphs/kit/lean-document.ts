import type { DocumentNode } from 'graphql'

/**
 * A copy of a subgraph's SDL that runs as the whole one does, without what only people and composition read: places in the
 * text, descriptions, and the classes, which a process reads from the supergraph. It keeps no hold of the text.
 */
export function leanDocument(document: DocumentNode): DocumentNode {
  return JSON.parse(JSON.stringify(document, lean)) as DocumentNode
}

function lean(key: string, value: unknown): unknown {
  if (key === 'loc' || key === 'description') return undefined
  return key === 'directives' ? (value as { name: { value: string } }[]).filter(({ name }) => !isClass(name)) : value
}

const isClass = ({ value }: { value: string }): boolean => value === 'classified' || value === 'subject'
