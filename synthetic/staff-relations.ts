import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const relation = z.strictObject({
  organisation: z.string(),
  account: z.string(),
  person: z.string().regex(/^9\d{11}$/),
  kind: z.enum(['SPOUSE', 'PARENT', 'CHILD', 'SIBLING', 'OTHER']),
})

/** Relatives of the officials of personas.yaml, who are personas themselves. Throws when the file breaks the shape above. */
export function loadStaffRelations(): readonly z.infer<typeof relation>[] {
  const text = readFileSync(new URL('staff-relations.yaml', import.meta.url), 'utf8')
  return z.array(relation).parse(parse(text))
}
