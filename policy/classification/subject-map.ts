import type { SubjectFields } from './types.ts'

/** One database's word on one type. */
export type SubjectEntry = { domain: string; type: string; subject: SubjectFields }

/** `@subject` by `domain:Type`, and by `Type`: all persons any database names there, the first place by domain name. */
export function subjectMap(entries: readonly SubjectEntry[]): ReadonlyMap<string, SubjectFields> {
  const sorted = entries.toSorted((one, other) => (one.domain < other.domain ? -1 : 1))
  const byType = Map.groupBy(sorted, (entry) => entry.type)
  return new Map([
    ...sorted.map(({ domain, type, subject }) => [`${domain}:${type}`, subject] as const),
    ...[...byType].map(([type, several]) => [type, union(several)] as const),
  ])
}

function union(entries: readonly SubjectEntry[]): SubjectFields {
  return {
    persons: [...new Set(entries.flatMap((entry) => entry.subject.persons))].toSorted(),
    place: entries.find((entry) => entry.subject.place !== null)?.subject.place ?? null,
  }
}
