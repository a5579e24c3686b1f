import { createPseudonyms } from '../../kit/log/pseudonym.ts'
import { staffWithPurpose } from '../caller.ts'
import type { ConsentDeps } from '../deps.ts'
import { mutation } from '../mutation.ts'
import { recordEvent } from '../record-event.ts'
import { refuse } from '../user-error.ts'

type Input = { personalId: string; reason: string; note?: string | null }
type Declared = { number: string; ends_at: string; coordinates: string[] }

/**
 * Opens an emergency for one person, to the caller alone, for a time: no second person, but a reviewer who sees it at
 * once. Answers the same whether or not the number is anybody's. The note goes to the database and nowhere else.
 */
export const declareEmergency = (deps: ConsentDeps) =>
  mutation(async (client, args, context) => {
    const { personalId, reason, note = null } = args['input'] as Input
    const staff = staffWithPurpose(context.principal)
    if (staff.purpose !== 'EMERGENCY')
      refuse('PURPOSE_REQUIRED', {
        vi: 'nêu EMERGENCY ở tiêu đề X-Purpose',
        en: 'state EMERGENCY in the header X-Purpose',
      })
    if (note !== null && !/^[^\p{C}]{1,500}$/u.test(note))
      refuse('BAD_USER_INPUT', { vi: 'ghi chú có từ 1 đến 500 ký tự', en: 'a note has 1 to 500 characters' }, [
        'input',
        'note',
      ])
    if (reason === 'OTHER' && note === null)
      refuse('BAD_USER_INPUT', { vi: 'lý do khác cần ghi chú', en: 'another reason needs a note' }, ['input', 'note'])
    const pseudonyms = createPseudonyms(context.services.keys.pseudonym)
    const { vi, en } = deps.organisations.get(staff.org) ?? { vi: staff.org, en: staff.org }
    const { rows } = await client.query<Declared>(
      'select number, ends_at, coordinates from declare_emergency($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        personalId,
        staff.org,
        vi,
        en,
        staff.sub,
        pseudonyms.staff(staff.org, staff.sub),
        pseudonyms.subject(personalId),
        reason,
        note,
      ],
    )
    const { number = '', ends_at: endsAt = null, coordinates = [] } = rows[0] ?? {}
    await recordEvent(client, context, {
      operation: 'declareEmergency',
      subjects: [personalId],
      coordinates,
      level: 'L3',
      caseNumber: number,
    })
    return { number, endsAt, coordinates }
  })
