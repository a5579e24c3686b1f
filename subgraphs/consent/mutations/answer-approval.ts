import { staffWithPurpose } from '../caller.ts'
import { insertRow } from '../insert-row.ts'
import { mutation } from '../mutation.ts'
import { recordEvent } from '../record-event.ts'
import { openId, rowOf } from '../rows.ts'
import { highestLevel } from '../scope.ts'
import { approvalRequest } from '../tables.ts'
import { refuse } from '../user-error.ts'

type Answer = { operation: string; state: 'GIVEN' | 'REFUSED' | 'WITHDRAWN' }
type Asked = { caseNumber: string; coordinates: string[]; subjects: string[]; requestedBy: string }

/**
 * One step of an approval, at once. Giving and refusing are the second person's; withdrawing is theirs, of any other
 * approver of the organisation, and of whoever asked. The database refuses what the step or the person is not for.
 */
const answering = ({ operation, state }: Answer) =>
  mutation(async (client, args, context) => {
    const input = args['input'] as { id: string; noticeHash?: string }
    const staff = staffWithPurpose(context.principal)
    const id = openId(input.id, 'ApprovalRequest', context, ['input', 'id'])
    const { rows } = await client.query<Asked>(
      `select a.case_number as "caseNumber", a.coordinates, a.requested_by as "requestedBy",
              (select array_agg(s.person::text order by s.person) from approval_subject s where s.approval_id = a.id) as subjects
         from approval a where a.id = $1 and a.org = $2`,
      [id, staff.org],
    )
    const [asked] = rows
    const isApprover = staff.purpose === 'CASE_APPROVAL'
    if (asked === undefined || !(isApprover || (state === 'WITHDRAWN' && asked.requestedBy === staff.sub)))
      return refuse('NOT_FOUND', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' }, [
        'input',
        'id',
      ])
    if (state === 'GIVEN' && staff.authnLevel < 4)
      refuse('ASSURANCE_TOO_LOW', { vi: 'phê duyệt cần mức xác thực 4', en: 'approving needs authentication level 4' })
    await insertRow(client, 'approval_step', {
      approval_id: id,
      state,
      org: staff.org,
      staff: staff.sub,
      authn_level: staff.authnLevel,
      notice_hash: state === 'GIVEN' ? (input.noticeHash ?? '') : null,
    })
    await recordEvent(client, context, {
      operation,
      subjects: asked.subjects,
      coordinates: asked.coordinates,
      level: highestLevel(asked.coordinates, context.services.graph),
      caseNumber: asked.caseNumber,
      approvalId: id,
    })
    return { request: rowOf(approvalRequest, id), state }
  })

/** Opens what was asked for, from now on and for the minutes asked, bound to the text that was shown. */
export const giveApproval = answering({ operation: 'giveApproval', state: 'GIVEN' })

/** Says no, for good: a new request can be made. */
export const refuseApproval = answering({ operation: 'refuseApproval', state: 'REFUSED' })

/** Ends a request or an approval: from the next request on it opens nothing. */
export const withdrawApproval = answering({ operation: 'withdrawApproval', state: 'WITHDRAWN' })
