import { readFileSync } from 'node:fs'
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

/** Every organisation by id. Throws with file, line and field of every fault. */
export function loadOrganisations(): ReadonlyMap<string, Organisation> {
  const text = readFileSync(new URL('../schema/agencies.yaml', import.meta.url), 'utf8')
  return new Map(loadYaml(z.array(organisation), text, 'schema/agencies.yaml').map((one) => [one.id, one]))
}
