import type { GraphFacts, SubgraphContext } from '../../kit/types.ts'
import { granteeWithPurpose } from '../caller.ts'
import type { ConsentDeps } from '../deps.ts'
import { mutation } from '../mutation.ts'
import { renderNotice, type Named } from '../notice.ts'
import { recordEvent } from '../record-event.ts'
import { openId, rowOf } from '../rows.ts'
import { scopeOf, type Scope } from '../scope.ts'
import { consentRequest } from '../tables.ts'
import { refuse } from '../user-error.ts'

type Input = {
  subject: string
  coordinates: readonly string[]
  mode: 'VIEW' | 'VERIFY'
  dataFrom?: string | null
  dataTo?: string | null
  notBefore?: string | null
  notAfter: string
  maxReads?: number | null
  retentionDays: number
  refusalConsequence: string
  refusalConsequenceEn: string
  reference?: string | null
  replaces?: string | null
}

/**
 * Asks a person for consent, for the organisation and purpose of the caller. Answers the same whether the person
 * exists, is dead or stays silent: only they can make it more than a request.
 */
export const requestConsent = (deps: ConsentDeps) =>
  mutation(async (client, args, context) => {
    const input = args['input'] as Input
    const caller = granteeWithPurpose(context.principal)
    const purpose = deps.purposes.get(caller.purpose)
    if (purpose?.basis !== 'CONSENT') {
      return refuse('PURPOSE_NOT_ALLOWED', { vi: 'mục đích này không dựa trên sự đồng ý', en: 'this purpose does not rest on consent' })
    }
    checkTerms(input, context.services.clock())
    const scope = scopeOf(input.coordinates, context.services.graph, caller.orgKind, ['input', 'coordinates'])
    const grantee = deps.organisations.get(caller.org) ?? { id: caller.org, vi: caller.org, en: caller.org }
    const notice = renderNotice({
      grantee,
      purpose,
      items: itemsOf(scope, deps, context.services.graph),
      mode: input.mode,
      dataFrom: input.dataFrom ?? null,
      dataTo: input.dataTo ?? null,
      notBefore: input.notBefore ?? null,
      notAfter: input.notAfter,
      maxReads: input.maxReads ?? null,
      retentionDays: input.retentionDays,
      consequence: { vi: input.refusalConsequence, en: input.refusalConsequenceEn },
    })

    await client.query('insert into consent_notice (hash, vi, en) values ($1, $2, $3) on conflict do nothing', [notice.hash, notice.vi, notice.en])
    const { rows } = await client.query<{ id: string }>(
      `insert into consent (subject, grantee_org, grantee_app, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en, reference, replaces)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [input.subject, grantee.id, caller.clientId, grantee.vi, grantee.en, purpose.code, purpose.vi, purpose.en, input.reference ?? null, replacedId(input, context)],
    )
    const id = String(rows[0]?.id)
    await client.query(
      `insert into consent_version (consent_id, state, actor, actor_app, coordinates, sensitive, controllers, mode, data_from, data_to,
         not_before, not_after, max_reads, retention_days, schema_hash, consequence_vi, consequence_en, notice_hash, sensitive_notice)
       values ($1, 'REQUESTED', 'GRANTEE', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        id, caller.clientId, scope.coordinates, scope.sensitive, scope.controllers, input.mode, input.dataFrom ?? null, input.dataTo ?? null,
        input.notBefore ?? null, input.notAfter, input.maxReads ?? null, input.retentionDays, context.services.graph.schemaHash,
        input.refusalConsequence, input.refusalConsequenceEn, notice.hash, notice.hasSensitiveNotice,
      ],
    )
    const level = scope.sensitive.length > 0 ? 'L3' : 'L2'
    await recordEvent(client, context, { operation: 'requestConsent', subjects: [input.subject], coordinates: scope.coordinates, level, consentId: id, version: 1 })
    return { request: rowOf(consentRequest, id) }
  })

/** Printable text on one line: what the grantee writes stands inside the notice and may not imitate it. */
const plainText = /^[^\p{C}\p{Zl}\p{Zp}]{10,500}$/u

function checkTerms(input: Input, now: Date): void {
  const { notBefore = null, notAfter, dataFrom = null, dataTo = null, maxReads = null, retentionDays } = input
  const begins = notBefore === null ? now.getTime() : Date.parse(notBefore)
  const fiveYears = 5 * 365 * 86_400_000
  const isInOrder = begins < Date.parse(notAfter) && now.getTime() < Date.parse(notAfter) && Date.parse(notAfter) <= begins + fiveYears
  if (!isInOrder) {
    refuse('BAD_USER_INPUT', { vi: 'thời hạn hiệu lực phải ở tương lai và không quá 5 năm', en: 'its validity lies ahead and lasts 5 years at most' }, ['input', 'notAfter'])
  }
  if (dataFrom !== null && dataTo !== null && dataFrom > dataTo) {
    refuse('BAD_USER_INPUT', { vi: 'khoảng thời gian của dữ liệu bị ngược', en: 'the data period ends before it begins' }, ['input', 'dataTo'])
  }
  if (maxReads !== null && (maxReads < 1 || maxReads > 1_000_000)) {
    refuse('BAD_USER_INPUT', { vi: 'số lần đọc từ 1 đến 1.000.000', en: 'reads are 1 to 1,000,000' }, ['input', 'maxReads'])
  }
  if (retentionDays < 0 || retentionDays > 3_650) {
    refuse('BAD_USER_INPUT', { vi: 'thời gian lưu giữ từ 0 đến 3.650 ngày', en: 'data is kept 0 to 3,650 days' }, ['input', 'retentionDays'])
  }
  for (const field of ['refusalConsequence', 'refusalConsequenceEn'] as const) {
    if (!plainText.test(input[field])) {
      refuse('BAD_USER_INPUT', { vi: 'cần 10 đến 500 ký tự trên một dòng', en: '10 to 500 characters on one line' }, ['input', field])
    }
  }
  if (input.reference != null && !/^[\w./-]{1,64}$/.test(input.reference)) {
    refuse('BAD_USER_INPUT', { vi: 'mã tham chiếu gồm 1 đến 64 chữ, số, dấu . / - _', en: 'a reference is 1 to 64 letters, digits and . / - _' }, ['input', 'reference'])
  }
}

function replacedId(input: Input, context: SubgraphContext): string | null {
  return input.replaces == null ? null : openId(input.replaces, 'ConsentRequest', context, ['input', 'replaces'])
}

function itemsOf(scope: Scope, deps: ConsentDeps, graph: GraphFacts) {
  return scope.coordinates.map((coordinate) => {
    const { dict = coordinate, owner = '' } = scope.classes.get(coordinate) ?? {}
    const unnamed: Named = { vi: coordinate, en: coordinate }
    return {
      coordinate,
      name: graph.names.get(dict) ?? unnamed,
      holder: deps.organisations.get(owner) ?? { vi: owner, en: owner },
      isSensitive: scope.sensitive.includes(coordinate),
      isInWriting: scope.inWriting.includes(coordinate),
    }
  })
}
