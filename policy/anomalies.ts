import { z } from 'zod'
import { loadYaml } from './load-yaml.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const file = z.strictObject({
  officeHours: z.strictObject({
    zone: z.string().min(1),
    days: z.array(z.int().min(1).max(7)).nonempty(),
    from: time,
    to: time,
    exempt: z.array(z.string()),
  }),
  usualCase: z.strictObject({ share: z.number().gt(0.5).max(1), readings: z.int().min(1) }),
  readByMany: z.strictObject({ callers: z.int().min(2) }),
})

/** The figures of anomalies.yaml: what is shown, not what is allowed. */
export type AnomalyFigures = z.infer<typeof file>

/** Reads the text of anomalies.yaml. Throws with file, line and field of every fault. */
export function createAnomalyFigures(text: string): AnomalyFigures {
  return loadYaml(file, text, 'policy/anomalies.yaml')
}
