import { isSensitive, needsWriting } from '../../policy/consent.ts'
import type { FieldClass, OrganisationKind } from '../../policy/types.ts'
import type { GraphFacts } from '../kit/types.ts'
import { refuse } from './user-error.ts'

/** What a list of coordinates comes to: sorted, known, and told apart by what the law asks for each. */
export type Scope = {
  coordinates: readonly string[]
  /** They hold or give away a category of Decree 356/2025 Art. 4(1). */
  sensitive: readonly string[]
  /** A written request alone opens them to this grantee (Law 91/2025 Art. 26(2)). */
  inWriting: readonly string[]
  /** The highest handling level among them. */
  level: 'L2' | 'L3' | 'L4'
  /** Ids of the agencies that hold them. */
  controllers: readonly string[]
  classes: ReadonlyMap<string, FieldClass>
}

/**
 * Reads a list of coordinates against the classes of the whole graph. Ends the mutation with an error when one is
 * unknown, open to begin with, or of a level that this way never opens: a case may name special data (a second person's
 * approval opens it), a consent may not.
 */
export function scopeOf(
  listed: readonly string[],
  graph: GraphFacts,
  granteeKind: OrganisationKind | null,
  field: readonly string[],
  by: 'CONSENT' | 'CASE' = 'CONSENT',
): Scope {
  const coordinates = [...new Set(listed)].toSorted()
  if (coordinates.length === 0 || coordinates.length > 200) {
    refuse('BAD_USER_INPUT', { vi: 'cần liệt kê từ 1 đến 200 trường dữ liệu', en: 'name 1 to 200 fields' }, field)
  }
  const classes = new Map(coordinates.map((coordinate) => [coordinate, classOf(coordinate, graph, field, by)]))
  const where = (is: (one: FieldClass) => boolean) =>
    coordinates.filter((coordinate) => is(classes.get(coordinate) as FieldClass))
  return {
    coordinates,
    sensitive: where(isSensitive),
    level: highestLevel(coordinates, graph),
    inWriting: where((one) => needsWriting(one, granteeKind)),
    controllers: [...new Set([...classes.values()].map((one) => one.owner))].toSorted(),
    classes,
  }
}

/** The highest handling level among personal fields; of an unknown one the highest there is. */
export function highestLevel(coordinates: readonly string[], { classes }: GraphFacts): Scope['level'] {
  const levels = new Set(coordinates.map((coordinate) => classes.get(coordinate)?.level ?? 'L4'))
  return levels.has('L4') ? 'L4' : levels.has('L3') ? 'L3' : 'L2'
}

function classOf(coordinate: string, graph: GraphFacts, field: readonly string[], by: 'CONSENT' | 'CASE'): FieldClass {
  const found = graph.classes.get(coordinate)
  if (found === undefined || found.structure || ['Query', 'Mutation'].includes(found.type)) {
    return refuse('BAD_USER_INPUT', { vi: 'có trường dữ liệu không tồn tại', en: 'a field does not exist' }, field)
  }
  if (found.level === 'L0' || found.level === 'L1') {
    refuse('BAD_USER_INPUT', { vi: 'có trường không phải dữ liệu cá nhân', en: 'a field is not personal data' }, field)
  }
  if (found.level === 'L5' || (found.level === 'L4' && by === 'CONSENT')) {
    refuse(
      'CLASSIFICATION_DENIED',
      { vi: 'có trường không mở được bằng cách này', en: 'a field can not be opened this way' },
      field,
    )
  }
  return found
}
