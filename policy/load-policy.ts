import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAnomalyFigures, type AnomalyFigures } from './anomalies.ts'
import { createPurposeRegistry, type PurposeRegistry } from './purposes.ts'
import { createVerificationPolicy, type VerificationPolicy } from './verification.ts'
import { createVolumePolicy, type VolumePolicy } from './volume.ts'
import { createRuleSet, separator, type RuleFile, type RuleSet } from './rule-set.ts'

/** Rules and purposes in force in this process, read once. */
export type Policy = { rules: RuleSet; purposes: PurposeRegistry }

/**
 * Reads the national floor of this folder and the rules.yaml of every database beside it. Throws with file, line and
 * field of every fault: a process with faulty rules does not start.
 */
export function loadPolicy(root = join(import.meta.dirname, '..')): Policy {
  const text = (file: string) => readFileSync(join(root, file), 'utf8')
  const purposesText = text('policy/purposes.yaml')
  const purposes = createPurposeRegistry(purposesText)
  const databases = readdirSync(join(root, 'subgraphs')).toSorted()
  const files: RuleFile[] = [{ name: 'policy/rules.yaml', text: text('policy/rules.yaml'), domain: null }]
  for (const domain of databases) {
    const name = `subgraphs/${domain}/rules.yaml`
    if (existsSync(join(root, name))) files.push({ name, text: text(name), domain })
  }
  const codes = purposes.all.map((purpose) => purpose.code)
  // A version from before people were counted has no figures to count by.
  const names = ['policy/volume.yaml', 'policy/budgets.yaml', 'policy/verification.yaml']
  const figures = names.filter((file) => existsSync(join(root, file))).map(text)
  return { purposes, rules: createRuleSet(files, codes, [purposesText, ...figures].join(separator)) }
}

/** Reads the figures people are counted by. Throws with file, line and field of every fault. */
export function loadVolumePolicy(root = join(import.meta.dirname, '..')): VolumePolicy {
  const text = (file: string) => readFileSync(join(root, file), 'utf8')
  return createVolumePolicy(text('policy/volume.yaml'), text('policy/budgets.yaml'))
}

/** Reads what may be verified, and how often. Throws with file, line and field of every fault. */
export function loadVerificationPolicy(root = join(import.meta.dirname, '..')): VerificationPolicy {
  const text = (file: string) => readFileSync(join(root, file), 'utf8')
  const codes = createPurposeRegistry(text('policy/purposes.yaml')).all.map(({ code }) => code)
  return createVerificationPolicy(text('policy/verification.yaml'), codes)
}

/** Reads what the reviewer is shown as worth a look. Throws with file, line and field of every fault. */
export function loadAnomalyFigures(root = join(import.meta.dirname, '..')): AnomalyFigures {
  return createAnomalyFigures(readFileSync(join(root, 'policy/anomalies.yaml'), 'utf8'))
}
