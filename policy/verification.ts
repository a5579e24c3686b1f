import { z } from 'zod'
import { loadYaml } from './load-yaml.ts'

const few = z.int().min(1)
const own = z.literal(true)

const file = z.strictObject({
  ages: z.strictObject({
    proposal: own,
    // A fourth would tell whose age lies where too well.
    purposes: z.record(z.string(), z.array(z.int().min(1).max(120)).nonempty().max(3)),
  }),
  tries: z
    .strictObject({ proposal: own, caller: few, organisation: few, days: few.max(366) })
    .refine(({ caller, organisation }) => caller <= organisation, 'an organisation may try no less than one caller'),
  attestation: z.strictObject({ proposal: own, hours: few.max(720) }),
})

/** What may be verified, how often, and how long a signed answer holds. */
export type VerificationPolicy = z.infer<typeof file>

/** Reads the text of verification.yaml. Throws with file, line and field of every fault. */
export function createVerificationPolicy(text: string, purposeCodes: readonly string[]): VerificationPolicy {
  const checked = file.superRefine(({ ages }, context) => {
    for (const code of Object.keys(ages.purposes))
      if (code !== 'NONE' && !purposeCodes.includes(code))
        context.addIssue({ code: 'custom', path: ['ages', 'purposes', code], message: 'is no purpose' })
  })
  return loadYaml(checked, text, 'policy/verification.yaml')
}

/** The N of "has completed N years" that a purpose may ask; none where the file names none. */
export function agesFor({ ages }: VerificationPolicy, purpose: string | null): readonly number[] {
  return ages.purposes[purpose ?? 'NONE'] ?? []
}
