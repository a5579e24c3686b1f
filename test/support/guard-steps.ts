import type { Principal } from '../../policy/types.ts'
import type { UserError } from '../../subgraphs/consent/user-error.ts'
import { procedureSystemOf, type ConsentDatabase } from './consent-database.ts'
import { officer } from './disclosures.ts'

/** Who asks, who answers, who declares, who reviews: at the strength each needs. */
export const clerk = officer({ sub: 'clerk-1', unit: 'HO-TICH', authnLevel: 4 })
export const head = officer({
  sub: 'head-1',
  unit: 'LANH-DAO',
  roles: ['case-approver'],
  purpose: 'CASE_APPROVAL',
  authnLevel: 4,
})
export const doctor = officer({
  sub: 'doctor-1',
  org: 'BV-01001',
  orgKind: 'HEALTH_PROVIDER',
  unit: 'KHOA-CAP-CUU',
  roles: ['emergency-doctor'],
  purpose: 'EMERGENCY',
  authnLevel: 3,
  audience: 'BV-01001 his',
})
export const reviewer = officer({
  kind: 'REVIEWER',
  sub: 'reviewer-1',
  org: 'TTATTT',
  orgKind: 'REVIEW_BODY',
  unit: null,
  roles: ['reviewer'],
  purpose: 'ACCESS_REVIEW',
  authnLevel: 3,
  jurisdiction: [],
  audience: 'TTATTT TTATTT',
})

type Payload = {
  errors: UserError[]
  state?: string
  request?: { id: string }
  number?: string
  coordinates?: string[]
}

/** The steps of approvals and emergencies, each through the graph as its own caller. */
export function guardSteps(db: ConsentDatabase) {
  const run = async (principal: Principal, mutation: string, type: string, input: object, selection: string) => {
    const { data, errors = [] } = await db.ask(
      principal,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} errors { code field } } }`,
      { input },
    )
    const payload = (data?.[mutation] ?? null) as Payload | null
    const codes = [
      ...errors.map(({ extensions }) => String(extensions['code'])),
      ...(payload?.errors ?? []).map(({ code }) => code),
    ]
    return { codes, field: payload?.errors[0]?.field ?? null, payload }
  }
  const noticeOf = async (id: string): Promise<string> =>
    (await db.admin.query('select notice_hash as hash from approval where id = $1', [id])).rows[0]?.hash

  return {
    run,
    openCase: async (number: string, subjects: readonly string[], changes: object = {}) => {
      const input = {
        number,
        procedureCode: 'HT.1',
        procedure: 'Cải chính hộ tịch',
        procedureEn: 'Correction',
        organisation: 'UBND-00004',
        subjects,
        officers: ['clerk-1', 'clerk-2'],
        units: ['MOT-CUA'],
        coordinates: ['Citizen.cardImage', 'Citizen.fullName'],
        ...changes,
      }
      const { codes } = await run(procedureSystemOf(), 'registerCase', 'RegisterCaseInput', input, '__typename')
      if (codes.length > 0) throw new Error(codes.join())
    },
    closeCase: (number: string) => run(procedureSystemOf(), 'closeCase', 'CloseCaseInput', { number }, '__typename'),
    /** Asks for the image on the card for an hour; gives the approval's key in the database. */
    request: async (number: string, changes: object = {}, principal: Principal = clerk) => {
      const input = { case: number, coordinates: ['Citizen.cardImage'], minutes: 60, reason: 'DISPUTE', ...changes }
      const made = await run(principal, 'requestApproval', 'RequestApprovalInput', input, 'request { id }')
      const sealed = made.payload?.request?.id
      const id = sealed === undefined ? null : db.services.ids.open(sealed, 'ApprovalRequest', principal.audience)
      return { ...made, id: id ?? '' }
    },
    /** Gives with the text's own hash unless another is said. */
    give: async (id: string, principal: Principal = head, noticeHash?: string) =>
      run(
        principal,
        'giveApproval',
        'GiveApprovalInput',
        { id: db.seal('ApprovalRequest', id, principal), noticeHash: noticeHash ?? (await noticeOf(id)) },
        'state',
      ),
    end: (mutation: 'refuseApproval' | 'withdrawApproval', id: string, principal: Principal = head) =>
      run(principal, mutation, 'ApprovalInput', { id: db.seal('ApprovalRequest', id, principal) }, 'state'),
    declare: async (personalId: string, changes: object = {}, principal: Principal = doctor) => {
      const input = { personalId, reason: 'LIFE_THREAT', ...changes }
      const made = await run(principal, 'declareEmergency', 'DeclareEmergencyInput', input, 'number coordinates')
      return { ...made, number: made.payload?.number ?? '' }
    },
    review: (number: string, finding: string, principal: Principal = reviewer) =>
      run(
        principal,
        'reviewEmergency',
        'ReviewEmergencyInput',
        { id: db.seal('EmergencyReport', number, principal), finding, note: 'đã đối chiếu sổ trực' },
        'state report { state }',
      ),
    stateOf: async (id: string): Promise<string> =>
      (await db.admin.query('select state from approval_now where id = $1', [id])).rows[0]?.state,
    factsOf: async (person: string, principal: Principal) => {
      const facts = (await db.facts.load([person], principal, 'trace')).get(person)
      if (facts === undefined) throw new Error('no facts')
      return facts
    },
    /** What only time brings about: changes rows that nobody may change. */
    later: async (sql: string, values: readonly unknown[] = []) => {
      const client = await db.admin.connect()
      await client.query('set session_replication_role = replica')
      await client.query(sql, [...values])
      client.release(true)
    },
  }
}
