import type { FieldClass } from '../../../policy/types.ts'
import { linkageRole } from '../linkage/linkage-role.ts'
import { measuredDatabases } from './measured-databases.ts'
import type { QualityOptions } from './measure-quality.ts'

/** Where a measuring connects, as which role. Throws where a database can't be had. */
export function qualityDatabases<At>(databaseOf: (subgraph: string, role: string) => At): Record<string, At> {
  const counted = [...measuredDatabases.map(({ name }) => name), 'statistics']
  const entries = counted.map((name): [string, At] => [name, databaseOf(name, linkageRole(name))])
  return Object.fromEntries([...entries, ['oversight', databaseOf('oversight', 'oversight_writer')]])
}

/** The fields of each measured database whose readings the log holds: all above L0. */
export function loggedCoordinates(classes: ReadonlyMap<string, FieldClass>): QualityOptions['coordinates'] {
  const logged = [...classes.values()].filter(({ level, structure }) => level !== 'L0' && !structure)
  return Object.fromEntries(
    measuredDatabases.map(({ name }) => [
      name,
      logged.filter(({ domain }) => domain === name).map(({ coordinate }) => coordinate),
    ]),
  )
}
