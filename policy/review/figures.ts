import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadAnomalyFigures, loadVerificationPolicy, loadVolumePolicy } from '../load-policy.ts'

/**
 * How many people may be read and how fast, what may be verified and how often, and what the reviewer is shown, by name:
 * `volume.…`, `verification.…`, `anomalies.…` as their files say it, `budget.ORGANISATION.PURPOSE` for each exception. A
 * version from before there were any has none.
 */
export function loadFigures(root: string): ReadonlyMap<string, unknown> {
  const has = (file: string): boolean => existsSync(join(root, 'policy', file))
  const named = (file: string, figures: object): [string, unknown][] =>
    Object.entries(figures).map(([name, is]) => [`${file}.${name}`, is])
  const { budgets = [], ...volume } = has('volume.yaml') ? loadVolumePolicy(root) : {}
  return new Map<string, unknown>([
    ...named('volume', volume),
    ...budgets.map((one): [string, unknown] => [`budget.${one.organisation}.${one.purpose}`, one]),
    ...named('verification', has('verification.yaml') ? loadVerificationPolicy(root) : {}),
    ...named('anomalies', has('anomalies.yaml') ? loadAnomalyFigures(root) : {}),
  ])
}
