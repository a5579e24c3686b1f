import { z } from 'zod'
import { loadYaml } from './load-yaml.ts'
import type { Decision, Level } from './types.ts'

/** What QĐ 20/2025/QĐ-TTg counts apart: undisclosed basic data, and sensitive data. */
export type PersonalClass = 'BASIC' | 'SENSITIVE'

/** Different people: from `important` on a second person must approve, from `core` on nothing is read. */
export type Thresholds = z.infer<typeof thresholds>

const persons = z.int().min(1)
const thresholds = z
  .strictObject({ important: persons, core: persons })
  .refine(({ important, core }) => important < core, 'core lies above important')
const rates = z.strictObject({ minute: persons, hour: persons })

const volumeFile = z.strictObject({
  thresholds: z.strictObject({ citation: z.string().min(1), basic: thresholds, sensitive: thresholds }),
  warning: z.strictObject({ share: z.number().gt(0).lt(1), proposal: z.literal(true) }),
  approval: z.strictObject({ days: z.int().min(1).max(366), citation: z.string().min(1), proposal: z.literal(true) }),
  enumeration: rates.extend({
    proposal: z.literal(true),
    purposes: z.record(z.string(), rates),
  }),
})

const budget = z.strictObject({
  organisation: z.string().min(1),
  purpose: z.string().min(1),
  vi: z.string().min(1),
  en: z.string().min(1),
  citation: z.string().min(1),
  proposal: z.boolean().default(false),
  basic: thresholds,
  sensitive: thresholds,
})
const budgetFile = z.strictObject({
  budgets: z
    .array(budget)
    .refine(
      (all) => new Set(all.map(({ organisation, purpose }) => `${organisation} ${purpose}`)).size === all.length,
      'an organisation has two budgets for one purpose',
    ),
})

/** An exception of one organisation for one purpose, with its ground. */
export type Budget = z.infer<typeof budget>
/** The figures that counting is held against. */
export type VolumePolicy = z.infer<typeof volumeFile> & { budgets: readonly Budget[] }

/** Reads the texts of volume.yaml and budgets.yaml. Throws with file, line and field of every fault. */
export function createVolumePolicy(volumeText: string, budgetsText: string): VolumePolicy {
  return {
    ...loadYaml(volumeFile, volumeText, 'policy/volume.yaml'),
    ...loadYaml(budgetFile, budgetsText, 'policy/budgets.yaml'),
  }
}

/** The statutory budget of an organisation for a purpose, where it has one. */
export function budgetFor(policy: VolumePolicy, organisation: string, purpose: string): Budget | null {
  return policy.budgets.find((one) => one.organisation === organisation && one.purpose === purpose) ?? null
}

/** The figures for a class: the budget's where there is one. */
export function thresholdsFor(policy: VolumePolicy, counted: PersonalClass, exception: Budget | null): Thresholds {
  const { basic, sensitive } = exception ?? policy.thresholds
  return counted === 'BASIC' ? basic : sensitive
}

/** The refusal of a person too many: the same whether there is such a person, and whatever would be read of them. */
export function tooManyAsked(level: Level): Decision {
  const citation = 'Luật 91/2025/QH15, Điều 19 khoản 2'
  const failed = { outcome: 'DENY', code: 'RATE_LIMITED', failed: 'volume', conditional: false } as const
  return { ...failed, level, rule: 'enumeration', basis: null, citation, proposal: true }
}

/** What a reading at a level counts as; null for what is not about a person. */
export function personalClassOf(level: Level): PersonalClass | null {
  if (level === 'L0' || level === 'L1') return null
  return level === 'L2' ? 'BASIC' : 'SENSITIVE'
}
