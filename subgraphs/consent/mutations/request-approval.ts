import type { ClientBase } from 'pg'
import { approvalNotice } from '../approval-notice.ts'
import { staffWithPurpose, type Staff } from '../caller.ts'
import type { ConsentDeps } from '../deps.ts'
import { insertRow } from '../insert-row.ts'
import { mutation } from '../mutation.ts'
import { recordEvent } from '../record-event.ts'
import { rowOf } from '../rows.ts'
import { highestLevel } from '../scope.ts'
import { approvalRequest } from '../tables.ts'
import { refuse } from '../user-error.ts'

/** `RequestApprovalInput`. */
export type ApprovalTerms = {
  case: string
  coordinates: readonly string[]
  staff?: string | null
  unit?: string | null
  minutes: number
  reason: 'ORIGINAL_CHECK' | 'DISPUTE' | 'COMPETENT_REQUEST' | 'ERROR_CORRECTION'
  reference?: string | null
}

/**
 * A handling officer asks a second person of the organisation to open, for a time, fields that their case names: to the
 * officer unless another handler or unit is said. Opens nothing. The database refuses what is beyond the case.
 */
export const requestApproval = (deps: ConsentDeps) =>
  mutation(async (client, args, context) => {
    const terms = args['input'] as ApprovalTerms
    const staff = staffWithPurpose(context.principal)
    const { graph } = context.services
    const coordinates = [...new Set(terms.coordinates)].toSorted()
    checkForm(terms, coordinates)
    const purpose = deps.purposes.get(staff.purpose) ?? refuse('PURPOSE_NOT_ALLOWED', noPurpose)
    const handled = await caseOf(client, terms.case, staff)
    const organisation = deps.organisations.get(staff.org) ?? { id: staff.org, vi: staff.org, en: staff.org }
    const notice = approvalNotice({
      terms,
      coordinates,
      graph,
      purpose,
      organisation,
      ...handled,
      requestedBy: staff.sub,
    })
    await client.query('insert into consent_notice (hash, vi, en) values ($1, $2, $3) on conflict do nothing', [
      notice.hash,
      notice.vi,
      notice.en,
    ])
    const isUnit = typeof terms.unit === 'string'
    const made = await insertRow<{ id: string }>(
      client,
      'approval',
      {
        case_number: terms.case,
        org: staff.org,
        purpose: purpose.code,
        purpose_vi: purpose.vi,
        purpose_en: purpose.en,
        coordinates,
        reader_kind: isUnit ? 'UNIT' : 'STAFF',
        reader: terms.unit ?? terms.staff ?? staff.sub,
        minutes: terms.minutes,
        reason: terms.reason,
        reference: terms.reference ?? null,
        requested_by: staff.sub,
        requested_unit: staff.unit,
        notice_hash: notice.hash,
      },
      'id',
    )
    const id = String(made?.id)
    await recordEvent(client, context, {
      operation: 'requestApproval',
      subjects: handled.subjects,
      coordinates,
      level: highestLevel(coordinates, graph),
      caseNumber: terms.case,
      approvalId: id,
    })
    return { request: rowOf(approvalRequest, id), state: 'REQUESTED' }
  })

const noPurpose = { vi: 'mục đích không được đăng ký', en: 'the purpose is not registered' }

type Handled = { procedure: { vi: string; en: string }; subjects: string[] }

/** What the text says of the case. Ends the mutation alike for a case that is not there and one of somebody else. */
async function caseOf(client: ClientBase, number: string, { org, sub, unit }: Staff): Promise<Handled> {
  const { rows } = await client.query<Handled>(
    `select jsonb_build_object('vi', f.procedure_vi, 'en', f.procedure_en) as procedure,
            (select array_agg(s.person::text order by s.person) from case_subject s where s.case_number = f.number) as subjects
       from case_file f
      where f.number = $1 and f.org = $2 and is_open(f) and exists (
        select from case_handler h
         where h.case_number = f.number and (h.kind = 'STAFF' and h.ref = $3 or h.kind = 'UNIT' and h.ref = $4))`,
    [number, org, sub, unit],
  )
  return (
    rows[0] ??
    refuse('NOT_FOUND', { vi: 'không có hồ sơ đang mở với số này', en: 'no open case has this number' }, [
      'input',
      'case',
    ])
  )
}

function checkForm({ staff, unit, minutes, reference }: ApprovalTerms, coordinates: readonly string[]): void {
  const isRef = (ref: string | null | undefined) =>
    ref === null || ref === undefined || /^[^\p{C}\s]{1,200}$/u.test(ref)
  const forms = [
    [
      'coordinates',
      coordinates.length >= 1 &&
        coordinates.length <= 200 &&
        coordinates.every((coordinate) => /^[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/.test(coordinate)),
      { vi: 'cần liệt kê từ 1 đến 200 trường dữ liệu', en: 'name 1 to 200 fields' },
    ],
    ['staff', isRef(staff), { vi: 'mã cán bộ không hợp lệ', en: 'the officer is not valid' }],
    [
      'unit',
      isRef(unit) && (typeof unit !== 'string' || typeof staff !== 'string'),
      { vi: 'nêu một cán bộ hoặc một đơn vị', en: 'name an officer or a unit' },
    ],
    ['minutes', minutes >= 1 && minutes <= 1440, { vi: 'từ 1 đến 1.440 phút', en: '1 to 1,440 minutes' }],
    [
      'reference',
      typeof reference !== 'string' ||
        (/^[A-Za-z0-9][A-Za-z0-9./-]{0,63}$/.test(reference) && !/\d{9}/.test(reference)),
      { vi: 'số văn bản không hợp lệ, và không phải số định danh', en: 'a document number, and no personal number' },
    ],
  ] as const
  for (const [field, isRight, detail] of forms) if (!isRight) refuse('BAD_USER_INPUT', detail, ['input', field])
}
