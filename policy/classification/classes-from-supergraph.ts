import { Kind, parse } from 'graphql'
import type { DocumentNode } from 'graphql'
import { directivesOf, textArgument } from './ast.ts'
import { classifiedArguments } from './classified-arguments.ts'
import { renamedLinks } from './disguises.ts'
import { readSubgraph } from './read-subgraph.ts'
import { subjectFields } from './subject-fields.ts'
import { subjectMap } from './subject-map.ts'
import type { SubjectEntry } from './subject-map.ts'
import { supergraphDomains } from './supergraph-domains.ts'
import type { Classification } from './types.ts'

/**
 * Reads a composed supergraph's classes: the same as `classesFromSdl` gave for its subgraphs. A field without a class
 * or a renamed directive is a problem here too; a supergraph that has any is not to be served. Pure; throws
 * GraphQLError for text that isn't SDL. Whoever has it parsed gives the document.
 */
export function classesFromSupergraph(supergraph: string | DocumentNode): Classification {
  const document = typeof supergraph === 'string' ? parse(supergraph, { noLocation: true }) : supergraph
  const domains = supergraphDomains(document)
  const model = readSubgraph({ name: 'supergraph', document })
  const fields = [...model.types.values()].flatMap((type) => [...type.fields.values()])
  const unclassified = fields.filter((field) => field.class === null || !domains.has(field.coordinate))
  return {
    classes: new Map(
      fields.flatMap(({ coordinate, class: own }) => {
        const domain = domains.get(coordinate)
        return own && domain !== undefined ? [[coordinate, Object.freeze({ ...own, domain })] as const] : []
      }),
    ),
    subjects: subjectMap(subjectEntries(document)),
    arguments: classifiedArguments([
      ...fields.flatMap((field) => field.arguments),
      ...[...model.inputs.values()].flat(),
    ]),
    problems: [
      ...renamedLinks(document),
      ...unclassified.map(({ coordinate }) => ({ coordinate, reason: 'has no class in the supergraph' })),
    ],
  }
}

function subjectEntries(document: DocumentNode): readonly SubjectEntry[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION
      ? directivesOf(node, 'subject').map((directive) => ({
          domain: textArgument(directive, 'domain') ?? '',
          type: node.name.value,
          subject: subjectFields(directive),
        }))
      : [],
  )
}
