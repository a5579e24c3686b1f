import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from '../../../policy/load-yaml.ts'
import { createPurposeRegistry } from '../../../policy/purposes.ts'

const schema = z.strictObject({
  revealDelayDays: z.strictObject({ '19.1.b': z.int().min(1).max(3650) }),
})

/** The figures of log-policy.yaml, and the purposes of policy/purposes.yaml that rest on Art. 19(1)(b) of Law 91/2025. */
export type LogPolicy = z.infer<typeof schema> & { delayedPurposes: ReadonlySet<string> }

const policyFolder = join(import.meta.dirname, '..', '..', '..', 'policy')

/** Reads both files. Throws with file, line and field of every fault. */
export function loadLogPolicy(file = join(import.meta.dirname, 'log-policy.yaml')): LogPolicy {
  const purposes = createPurposeRegistry(readFileSync(join(policyFolder, 'purposes.yaml'), 'utf8')).all
  const delayed = purposes.filter(({ basis }) => basis === '19.1.b')
  return {
    ...loadYaml(schema, readFileSync(file, 'utf8'), file),
    delayedPurposes: new Set(delayed.map(({ code }) => code)),
  }
}
