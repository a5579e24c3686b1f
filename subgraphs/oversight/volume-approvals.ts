import { problem } from '../../policy/errors.ts'
import type { Principal } from '../../policy/types.ts'
import { createPseudonyms } from '../kit/log/pseudonym.ts'
import type { SubgraphContext } from '../kit/types.ts'
import type { Names } from './names.ts'

type Args = Readonly<Record<string, unknown>>

const columns = `id::text as id, organisation, purpose, counted as "personalClass", reason, asked_at as "askedAt",
  approved_at as "approvedAt", ends_at as "endsAt"`

/** Requests and approvals: all of them for the reviewer, for anybody else those of the own organisation. */
export async function volumeApprovals(context: SubgraphContext, names: Names): Promise<unknown> {
  const { kind, org } = context.principal
  return approvals(context, names, `($1::text is null or organisation = $1)`, [
    kind === 'REVIEWER' ? null : (org ?? ''),
  ])
}

/** Asks a second person; opens nothing. Throws BAD_USER_INPUT for a time or reason that can't be. */
export async function requestVolumeApproval(args: Args, context: SubgraphContext, names: Names): Promise<unknown> {
  const { personalClass, days, reason } = args['input'] as { personalClass: string; days: number; reason: string }
  const { services, principal } = context
  const longest = services.counts.figures.approval.days
  if (days < 1 || days > longest)
    throw problem('BAD_USER_INPUT', { vi: `từ 1 đến ${longest} ngày`, en: `1 to ${longest} days` })
  if (reason.trim().length < 10 || reason.length > 500 || /\d{9}/.test(reason))
    throw problem('BAD_USER_INPUT', {
      vi: 'lý do có từ 10 đến 500 ký tự và không nêu số định danh',
      en: 'the reason has 10 to 500 characters and names no personal number',
    })
  const now = services.clock()
  const { rows } = await services.pool.query<{ id: string }>(
    'select ask_volume_approval($1, $2, $3, $4, $5, $6, $7)::text as id',
    [
      principal.org,
      principal.purpose,
      personalClass,
      reason.trim(),
      staffCode(context),
      now,
      new Date(now.getTime() + days * 86_400_000),
    ],
  )
  return (await approvals(context, names, 'id = $1::uuid', [rows[0]?.id]))[0]
}

/**
 * The second person's yes. Throws NOT_FOUND alike for what is not there, somebody else's, one's own, answered or over.
 */
export async function giveVolumeApproval(args: Args, context: SubgraphContext, names: Names): Promise<unknown> {
  const { services, principal } = context
  const id = services.ids.open(String(args['reference']), 'VolumeApproval', principal.audience)
  const { rows } = await services.pool.query<{ id: string }>(
    'select id::text from give_volume_approval($1::uuid, $2, $3, $4) as id',
    [id, principal.org, staffCode(context), services.clock()],
  )
  if (rows[0] === undefined)
    throw problem('NOT_FOUND', {
      vi: 'không có đề nghị nào để người này phê duyệt',
      en: 'there is no request that this person could approve',
    })
  return (await approvals(context, names, 'id = $1::uuid', [rows[0].id]))[0]
}

async function approvals(
  { services, principal }: SubgraphContext,
  names: Names,
  where: string,
  values: readonly unknown[],
): Promise<Record<string, unknown>[]> {
  const { rows } = await services.pool.query<{ id: string; organisation: string; purpose: string }>(
    `select ${columns} from volume_approval where ${where} order by asked_at desc, id limit 100`,
    [...values],
  )
  return rows.map((row) => ({
    ...row,
    reference: services.ids.seal('VolumeApproval', row.id, principal.audience),
    organisation: names.organisation(row.organisation),
    purpose: names.purpose(row.purpose),
  }))
}

/** Who it is as the log knows them: one person has one code in one organisation. */
function staffCode({ services, principal }: { services: SubgraphContext['services']; principal: Principal }): string {
  return createPseudonyms(services.keys.pseudonym).staff(principal.org, principal.sub)
}
