import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from '../policy/load-yaml.ts'
import { organisationKind } from '../policy/organisation-kind.ts'

const organisation = z.strictObject({
  id: z.string().min(1),
  vi: z.string().min(1),
  en: z.string().min(1),
  kind: organisationKind,
})

/** An organisation of schema/agencies.yaml: an owner of data, or one that asks for it. */
export type Organisation = z.infer<typeof organisation>

/** Every organisation by id, of this project or the one in another folder. Throws with file, line and field of every fault. */
export function loadOrganisations(root = join(import.meta.dirname, '..')): ReadonlyMap<string, Organisation> {
  const text = readFileSync(join(root, 'schema/agencies.yaml'), 'utf8')
  return new Map(loadYaml(z.array(organisation), text, 'schema/agencies.yaml').map((one) => [one.id, one]))
}
