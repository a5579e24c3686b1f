import { staffWithPurpose } from '../caller.ts'
import { insertRow } from '../insert-row.ts'
import { mutation } from '../mutation.ts'
import { recordEvent } from '../record-event.ts'
import { openId, rowOf } from '../rows.ts'
import { emergencyReport } from '../tables.ts'
import { refuse } from '../user-error.ts'

type Input = { id: string; finding: 'JUSTIFIED' | 'UNJUSTIFIED'; note: string }

/**
 * A reviewer's finding on an emergency, once each; another reviewer's later one takes its place. An unjustified one ends
 * at once. The reviewer learns nothing of whom it is about.
 */
export const reviewEmergency = mutation(async (client, args, context) => {
  const { id, finding, note } = args['input'] as Input
  const reviewer = staffWithPurpose(context.principal)
  if (reviewer.kind !== 'REVIEWER')
    refuse('UNAUTHENTICATED', { vi: 'chỉ dành cho người giám sát', en: 'for a reviewer alone' })
  if (!/^[^\p{C}]{1,500}$/u.test(note))
    refuse('BAD_USER_INPUT', { vi: 'kết luận có từ 1 đến 500 ký tự', en: 'a finding has 1 to 500 characters' }, [
      'input',
      'note',
    ])
  const number = openId(id, 'EmergencyReport', context, ['input', 'id'])
  await insertRow(client, 'emergency_review', {
    case_number: number,
    reviewer: reviewer.sub,
    org: reviewer.org,
    finding,
    note,
  })
  const { rows } = await client.query<{ coordinates: string[]; person: string }>(
    'select coordinates, person from emergency_now where case_number = $1',
    [number],
  )
  await recordEvent(client, context, {
    operation: 'reviewEmergency',
    subjects: rows.map(({ person }) => person),
    coordinates: rows[0]?.coordinates ?? [],
    level: 'L3',
    caseNumber: number,
  })
  return { report: rowOf(emergencyReport, number), state: finding }
})
