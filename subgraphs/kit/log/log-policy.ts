import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { loadYaml } from '../../../policy/load-yaml.ts'

const schema = z.strictObject({
  revealDelayDays: z.strictObject({ '19.1.b': z.int().min(1).max(3650) }),
})

/** The figures of log-policy.yaml. */
export type LogPolicy = z.infer<typeof schema>

/** Reads log-policy.yaml. Throws with file, line and field of every fault. */
export function loadLogPolicy(file = `${import.meta.dirname}/log-policy.yaml`): LogPolicy {
  return loadYaml(schema, readFileSync(file, 'utf8'), file)
}
