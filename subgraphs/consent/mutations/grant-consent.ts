import type { PoolClient } from 'pg'
import type { SubgraphContext } from '../../kit/types.ts'
import type { ConsentDeps } from '../deps.ts'
import { insertRow } from '../insert-row.ts'
import { mutation } from '../mutation.ts'
import { recordEvent } from '../record-event.ts'
import { rowOf } from '../rows.ts'
import { scopeOf, type Scope } from '../scope.ts'
import { standingIn, type Standing } from '../standing.ts'
import { takeStep } from '../step.ts'
import { consent } from '../tables.ts'
import { refuse } from '../user-error.ts'

type Input = {
  consentId: string
  noticeHash: string
  coordinates: readonly string[]
  method: 'APP' | 'WRITTEN'
  evidenceRef?: string | null
  locale: 'VI' | 'EN'
}

/**
 * A person's own confirmation of exactly the fields they name, bound to the text they were shown. The consent is granted
 * once everybody has confirmed whose confirmation it needs: one, or for sensitive data of a child of 7 or over the
 * child and a representative (Law 91/2025 Art. 24), then as far as both agree. Until then it stays a request.
 */
export const grantConsent = (deps: ConsentDeps) =>
  mutation(async (client, args, context) => {
    const input = args['input'] as Input
    const standing = await standingIn(client, input.consentId, context)
    const scope = scopeConfirmed(input, standing, deps, context)
    await confirm(client, input, scope, standing)
    const { rows } = await client.query<{ granted: string[] | null }>('select granted_so_far($1) as granted', [
      standing.id,
    ])
    const granted = rows[0]?.granted ?? null
    if (granted === null) {
      const { id, subject, level, version } = standing
      await recordEvent(client, context, {
        operation: 'confirmConsent',
        subjects: [subject],
        coordinates: scope.coordinates,
        level,
        consentId: id,
        version,
      })
    } else if (granted.length === 0) {
      refuse(
        'BAD_USER_INPUT',
        { vi: 'hai người không cùng đồng ý với trường nào', en: 'there is no field that both agree to' },
        ['input', 'coordinates'],
      )
    } else {
      await takeStep(client, context, standing, { operation: 'grantConsent', state: 'GRANTED', coordinates: granted })
    }
    return {
      consent: rowOf(consent, standing.id, { subject: [standing.subject] }),
      state: granted === null ? 'REQUESTED' : 'GRANTED',
    }
  })

/** Decree 69/2024: account 2; authentication 2 for basic data, 3 for sensitive (the levels are a proposal). */
function scopeConfirmed(input: Input, standing: Standing, deps: ConsentDeps, context: SubgraphContext): Scope {
  const { accountLevel, authnLevel } = standing.citizen
  const granteeKind = deps.organisations.get(standing.granteeOrg)?.kind ?? null
  const scope = scopeOf(input.coordinates, context.services.graph, granteeKind, ['input', 'coordinates'])
  if (!scope.coordinates.every((coordinate) => standing.coordinates.includes(coordinate))) {
    refuse('BAD_USER_INPUT', { vi: 'có trường không nằm trong yêu cầu', en: 'a field was not asked for' }, [
      'input',
      'coordinates',
    ])
  }
  // What became sensitive after the request was made carries no notice: it has to be asked for anew.
  if (!scope.sensitive.every((coordinate) => standing.sensitive.includes(coordinate))) {
    refuse(
      'BAD_USER_INPUT',
      {
        vi: 'phân loại của một trường đã thay đổi, cần yêu cầu mới',
        en: 'the class of a field has changed, so a new request is needed',
      },
      ['input', 'coordinates'],
    )
  }
  if (accountLevel < 2 || authnLevel < 2) {
    refuse('ASSURANCE_TOO_LOW', {
      vi: 'cần tài khoản mức 2, xác thực mức 2 trở lên',
      en: 'account level 2 and authentication level 2 or more are needed',
    })
  }
  if (scope.sensitive.length > 0 && authnLevel < 3) {
    refuse('ASSURANCE_TOO_LOW', {
      vi: 'dữ liệu nhạy cảm cần mức xác thực 3',
      en: 'sensitive data needs authentication level 3',
    })
  }
  if (input.method !== 'WRITTEN' && scope.inWriting.length > 0) {
    refuse(
      'BAD_USER_INPUT',
      { vi: 'dữ liệu sức khỏe chỉ mở theo yêu cầu bằng văn bản', en: 'health data opens on a written request alone' },
      ['input', 'method'],
    )
  }
  if (input.method === 'WRITTEN' && !/^[\w./-]{1,200}$/.test(input.evidenceRef ?? '')) {
    refuse('BAD_USER_INPUT', { vi: 'cần số của văn bản đã ký', en: 'the number of the signed document is needed' }, [
      'input',
      'evidenceRef',
    ])
  }
  return scope
}

async function confirm(client: PoolClient, input: Input, scope: Scope, { id, role, citizen }: Standing): Promise<void> {
  const evidence = input.method === 'WRITTEN' ? (input.evidenceRef ?? null) : null
  // A hash of no text there is would fail as a reference; it is the same answer as another request's text.
  const { rowCount } = await client.query('select from consent_notice where hash = $1', [input.noticeHash])
  if (rowCount === 0) {
    refuse(
      'BAD_USER_INPUT',
      {
        vi: 'nội dung thông báo đã hiển thị không phải nội dung của yêu cầu này',
        en: 'the notice shown is not the one of this request',
      },
      ['input', 'noticeHash'],
    )
  }
  await insertRow(client, 'consent_confirmation', {
    consent_id: id,
    person: citizen.personalId,
    role,
    coordinates: scope.coordinates,
    notice_hash: input.noticeHash,
    method: input.method,
    evidence_ref: evidence,
    app: citizen.clientId,
    account_level: citizen.accountLevel,
    authn_level: citizen.authnLevel,
    locale: input.locale.toLowerCase(),
  })
}
