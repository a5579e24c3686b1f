import { readFileSync } from 'node:fs'
import type { Client } from 'pg'
import { z } from 'zod'
import { loadOrganisations } from '../../../identity/organisations.ts'
import { loadYaml } from '../../../policy/load-yaml.ts'

const file = z.strictObject({
  cases: z.array(
    z.strictObject({
      number: z.string(),
      persona: z.string(),
      procedureCode: z.string(),
      procedure: z.strictObject({ vi: z.string(), en: z.string() }),
      organisation: z.string(),
      officers: z.array(z.string()),
      units: z.array(z.string()).default([]),
      subjects: z.array(z.string().regex(/^9\d{11}$/)).nonempty(),
      coordinates: z.array(z.string()).nonempty(),
    }),
  ),
})

/** The seed's open cases. Throws with line and field of a fault. */
export function loadSeedCases(): z.infer<typeof file>['cases'] {
  return loadYaml(
    file,
    readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'),
    'subgraphs/consent/seeding/cases.yaml',
  ).cases
}

const openedAt = '2026-11-02T01:00:00Z'

/** Opens the cases that the personas work on, as the procedure system would have registered them. */
export async function seedCases(client: Client): Promise<void> {
  const organisations = loadOrganisations()
  for (const one of loadSeedCases()) {
    const organisation = organisations.get(one.organisation)
    if (organisation === undefined) throw new Error(`cases.yaml: no organisation ${one.organisation}`)
    await client.query(
      `insert into case_file (number, procedure_code, procedure_vi, procedure_en, org, org_vi, org_en, coordinates, opened_at, registered_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'HTTTGQ-TTHC')`,
      [
        one.number,
        one.procedureCode,
        one.procedure.vi,
        one.procedure.en,
        organisation.id,
        organisation.vi,
        organisation.en,
        one.coordinates,
        openedAt,
      ],
    )
    await client.query('insert into case_subject (case_number, person) select $1, unnest($2::text[])', [
      one.number,
      one.subjects,
    ])
    await client.query(
      `insert into case_handler (case_number, kind, ref)
       select $1, 'STAFF', unnest($2::text[]) union select $1, 'UNIT', unnest($3::text[])`,
      [one.number, one.officers, one.units],
    )
    await client.query(
      `insert into consent_event (operation, request_id, at, subjects, coordinates, level, case_number)
       values ('seedCase', 'seed', $1, $2, $3, 'L3', $4)`,
      [openedAt, one.subjects, one.coordinates, one.number],
    )
  }
}
