import { problem } from '../../policy/errors.ts'
import { agesFor, type VerificationPolicy } from '../../policy/verification.ts'
import { claimKinds, type Claim, type ClaimName } from './sources.ts'

/** Whom and what is asked, and whom a signed answer is for. */
export type Question = {
  person: string
  claims: readonly Claim[]
  attestation: { audience: string; nonce: string } | null
}

type Args = Readonly<Record<string, unknown>>

const isText = (value: unknown, most: number, least = 1): value is string =>
  typeof value === 'string' && value.trim().length >= least && value.length <= most

/** The arguments of `verify`, in the order of answers. Throws BAD_USER_INPUT, which repeats nothing that was given. */
export function questionFrom(args: Args, purpose: string | null, policy: VerificationPolicy): Question {
  const given = args['claims'] as Args
  const names = Object.keys(claimKinds) as ClaimName[]
  const claims = names.flatMap((name) => {
    const value = given[claimKinds[name].input]
    return value === undefined || value === null ? [] : [{ name, value: value as Claim['value'] }]
  })
  for (const claim of claims) check(claim, agesFor(policy, purpose))
  if (claims.length === 0) throw problem('BAD_USER_INPUT', { vi: 'cần nêu ít nhất một điều', en: 'at least one claim' })
  return { person: String(args['personalId']), claims, attestation: termsFrom(args['attestation']) }
}

function check({ name, value }: Claim, ages: readonly number[]): void {
  if (name === 'FULL_NAME' && !isText(value, 200))
    throw problem('BAD_USER_INPUT', { vi: 'họ tên có từ 1 đến 200 ký tự', en: 'a name has 1 to 200 characters' })
  if (name === 'RESIDENCE_COMMUNE' && !/^\d{5}$/.test(String(value)))
    throw problem('BAD_USER_INPUT', { vi: 'mã xã có năm chữ số', en: 'a commune code has five digits' })
  if (name === 'RIGHT_ON_PARCEL' && !isText(value, 40))
    throw problem('BAD_USER_INPUT', {
      vi: 'mã thửa đất có từ 1 đến 40 ký tự',
      en: 'a parcel id has 1 to 40 characters',
    })
  if (name === 'AGE_OVER' && !ages.includes(Number(value)))
    throw problem('BAD_USER_INPUT', {
      vi: `số tuổi mà mục đích này được hỏi: ${ages.join(', ') || 'không có'}`,
      en: `the ages this purpose may ask: ${ages.join(', ') || 'none'}`,
    })
}

function termsFrom(value: unknown): Question['attestation'] {
  if (typeof value !== 'object' || value === null) return null
  const { audience, nonce } = value as Args
  if (isText(audience, 200) && isText(nonce, 128, 8)) return { audience, nonce }
  throw problem('BAD_USER_INPUT', {
    vi: 'bên nhận có từ 1 đến 200 ký tự, chuỗi ngẫu nhiên từ 8 đến 128',
    en: 'an audience has 1 to 200 characters, a nonce 8 to 128',
  })
}
