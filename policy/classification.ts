import { classifiedArguments } from './classification/classified-arguments.ts'
import { allRules } from './classification/rules/all-rules.ts'
import { schemaModelFrom } from './classification/schema-model-from.ts'
import { subjectMap } from './classification/subject-map.ts'
import type { Classification, Problem, Registries, SubgraphDocument } from './classification/types.ts'

export { classesFromSupergraph } from './classification/classes-from-supergraph.ts'

/**
 * What the directives of all subgraphs say, and every reason why they may not be composed. Takes each subgraph's whole
 * SDL (types' defaults are merged into their fields here). Pure; never throws for what a schema says.
 * INVARIANT: where `problems` is not empty nothing may be served from `classes`.
 */
export function classesFromSdl(documents: readonly SubgraphDocument[], registries: Registries): Classification {
  const schema = schemaModelFrom(documents, registries)
  return {
    classes: schema.classes,
    subjects: subjectMap(
      schema.types.flatMap((type) =>
        type.subjects.slice(0, 1).map((subject) => ({ domain: type.subgraph, type: type.name, subject })),
      ),
    ),
    arguments: classifiedArguments(schema.arguments),
    problems: sorted(Object.values(allRules).flatMap((rule) => rule(schema))),
  }
}

/** Each problem once, by coordinate, then by reason. */
function sorted(problems: readonly Problem[]): readonly Problem[] {
  const lines = new Map(problems.map((problem) => [`${problem.coordinate}: ${problem.reason}`, problem]))
  return [...lines].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, problem]) => problem)
}
