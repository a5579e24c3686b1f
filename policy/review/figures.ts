import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AnomalyFigures } from '../anomalies.ts'
import { loadAnomalyFigures, loadVerificationPolicy, loadVolumePolicy } from '../load-policy.ts'
import type { VerificationPolicy } from '../verification.ts'
import type { VolumePolicy } from '../volume.ts'

/** What files of figures say; a version from before there were any lacks them. */
export type Figures = { volume?: VolumePolicy; verification?: VerificationPolicy; anomalies?: AnomalyFigures }

/** The figures of the project in a folder, by name. */
export function loadFigures(root: string): ReadonlyMap<string, unknown> {
  const has = (file: string): boolean => existsSync(join(root, 'policy', file))
  return figuresByName({
    ...(has('volume.yaml') && { volume: loadVolumePolicy(root) }),
    ...(has('verification.yaml') && { verification: loadVerificationPolicy(root) }),
    ...(has('anomalies.yaml') && { anomalies: loadAnomalyFigures(root) }),
  })
}

/**
 * How many people may be read and how fast, what may be verified and how often, and what the reviewer is shown, by name:
 * `volume.…`, `verification.…`, `anomalies.…` as their files say it, `budget.ORGANISATION.PURPOSE` for each exception.
 */
export function figuresByName({ volume, verification, anomalies }: Figures): ReadonlyMap<string, unknown> {
  const named = (file: string, figures: object): [string, unknown][] =>
    Object.entries(figures).map(([name, is]) => [`${file}.${name}`, is])
  const { budgets = [], ...counted } = volume ?? {}
  return new Map<string, unknown>([
    ...named('volume', counted),
    ...budgets.map((one): [string, unknown] => [`budget.${one.organisation}.${one.purpose}`, one]),
    ...named('verification', verification ?? {}),
    ...named('anomalies', anomalies ?? {}),
  ])
}
