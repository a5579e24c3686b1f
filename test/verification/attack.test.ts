import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { checkAttestation } from '../../evidence/attestation.ts'
import { loadVerificationPolicy } from '../../policy/load-policy.ts'
import { openWholeGraph, type Answer, type WholeGraph } from '../support/whole-graph.ts'
import { openWireTap, type WireTap } from '../support/wire-tap.ts'
import { askingOf, insuranceOfficer, officer, type Asker } from './asking.ts'

const citizen = '901085000101'
const nobodys = '901099999999'
const { tries } = loadVerificationPolicy()

let tap: WireTap
let graph: WholeGraph
let ask: ReturnType<typeof askingOf>
beforeAll(async () => {
  tap = await openWireTap(inject('superuser'))
  graph = await openWholeGraph(() => tap.host)
  ask = askingOf(graph)
}, 120_000)
afterAll(async () => {
  await graph.close()
  await tap.close()
})

describe('tries', () => {
  const born = (day: number) => ({ dateOfBirth: `1985-05-${String(day).padStart(2, '0')}` })
  const outcomesOf = async (who: Asker, days: readonly number[]) => {
    const outcomes: string[] = []
    for (const day of days) outcomes.push(...(await ask.verify(who, citizen, born(day))).outcome)
    return outcomes
  }

  test('of one caller end, the right value too; the same value again is none', async () => {
    const who = officer({ sub: 'official-a' })
    expect(await outcomesOf(who, [1, 2, 3, 1, 2, 3, 4])).toEqual([...Array(6).fill('NO_MATCH'), 'VERIFICATION_LIMIT'])
    expect((await ask.verify(who, citizen, { dateOfBirth: '1985-04-12' })).outcome).toEqual(['VERIFICATION_LIMIT'])
    // What was tried of one claim is nothing to another claim, or person.
    expect((await ask.verify(who, citizen, { residenceCommune: '00004' })).outcome).toEqual(['MATCH'])
    expect((await ask.verify(who, '901187000102', born(4))).outcome).toEqual(['NO_MATCH'])
  })

  test('of an organisation end for its next caller, and another organisation neither is locked nor notices', async () => {
    expect(await outcomesOf(officer({ sub: 'official-b' }), [11, 12, 13])).toEqual(Array(3).fill('NO_MATCH'))
    expect(await outcomesOf(officer({ sub: 'official-c' }), [21, 1])).toEqual(['VERIFICATION_LIMIT', 'NO_MATCH'])
    expect(tries.organisation).toBe(6)
    expect(await outcomesOf(insuranceOfficer('official-d'), [21, 22, 23, 24])).toEqual([
      ...Array(3).fill('NO_MATCH'),
      'VERIFICATION_LIMIT',
    ])
  })

  test('at once, in one request and by aliases, are no more than one after the other', async () => {
    const who = insuranceOfficer('official-e')
    const letters = [...'ABCDEFGH']
    const alias = (letter: string) =>
      `${letter}: verify(personalId: "901187000102", claims: { fullName: "Nguyễn Văn ${letter}" }) { answers { result } }`
    const answers = await Promise.all([
      graph.ask({ ...who, query: `{ ${letters.map(alias).join(' ')} }` }),
      ...letters.map((letter) => ask.verify(who, '901187000102', { fullName: `Trần Văn ${letter}` })),
    ])
    expect(JSON.stringify(answers.map(({ body }) => body)).match(/NO_MATCH/g)).toHaveLength(tries.caller)
  })

  test('about a number that nobody has are counted alike', async () => {
    const who = officer({ sub: 'official-f', org: 'UBND-26740', jurisdiction: ['VN'] })
    const outcomes: string[] = []
    for (const day of [1, 2, 3, 4]) outcomes.push(...(await ask.verify(who, nobodys, born(day))).outcome)
    expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'VERIFICATION_LIMIT'])
  })

  test('are kept without a number, a name or a value, and refusals stand in the log', async () => {
    const kept = JSON.stringify(await ask.rows('oversight', 'select * from claim_try'))
    expect(kept.length).toBeGreaterThan(1000)
    for (const word of [citizen, nobodys, '1985', 'official', 'Nguy']) expect(kept).not.toContain(word)
    const { requestId } = await ask.verify(officer({ sub: 'official-a' }), citizen, born(9))
    expect(await graph.logOf(requestId)).toContain('DENY ClaimAnswer.result')
  })
})

describe('what is not told', () => {
  const everywhere = officer({ sub: 'official-g', org: 'UBND-26740', jurisdiction: ['VN'] })
  const all = { fullName: 'Nguyễn Văn An', dateOfBirth: '1985-04-12', residenceCommune: '00004', ageOver: 18 }

  test('no value, no other row and no number leaves a database, whatever is claimed', async () => {
    tap.forget()
    const wrong = { fullName: 'Lê Thị Không', dateOfBirth: '1900', residenceCommune: '26740', ageOver: 14 }
    await ask.verify(everywhere, citizen, wrong)
    await ask.verify({ as: 'citizen' }, citizen, { insuredNow: false, rightOnParcel: '00004_12_346', ageOver: 14 })
    const heard = tap.heard()
    expect(heard).toContain('residence_commune')
    for (const value of ['Nguyễn', '1985-04-12', citizen, '00004_12_345'])
      expect(heard).not.toContain(Buffer.from(value, 'utf8').toString('latin1'))
  })

  test('whether a number is somebody’s: refused alike, and where it may be asked, nothing held is one answer', async () => {
    const stranger = { as: 'other-commune-officer', purpose: 'CIVIL_STATUS' }
    const [present, absent] = [await ask.verify(stranger, citizen, all), await ask.verify(stranger, nobodys, all)]
    const told = ({ body }: Answer) => JSON.stringify(body.errors).replaceAll(/"requestId":"\w+"|[0-9a-z-]{36}/g, '')
    expect(told(present)).toBe(told(absent))
    expect(present.outcome).toEqual(absent.outcome)
    expect(await graph.logOf(present.requestId)).toEqual(await graph.logOf(absent.requestId))
    expect((await ask.verify(everywhere, nobodys, all)).outcome).toEqual(Array(4).fill('UNKNOWN'))
    const land = { as: 'land-officer', purpose: 'LAND_REGISTRATION' }
    const [landless = { personal_id: '' }] = await ask.rows<{ personal_id: string }>(
      'population',
      `select personal_id from citizen where commune_code <> '00004' and life_status = 'ALIVE' order by 1 limit 1`,
    )
    for (const person of [landless.personal_id, nobodys])
      expect((await ask.verify(land, person, { rightOnParcel: '00004_12_345' })).outcome).toEqual(['UNKNOWN'])
  })

  test('the age: only the few years of the purpose’s list are answered', async () => {
    const answered: number[] = []
    for (const age of [1, 6, 13, 14, 15, 17, 18, 19, 39, 60, 120]) {
      const { outcome } = await ask.verify(everywhere, '901187000102', { ageOver: age })
      if (outcome[0] !== 'BAD_USER_INPUT') answered.push(age)
    }
    expect(answered).toEqual([14, 18])
  })

  test('what was claimed stands neither in the log nor in what the server wrote', async () => {
    const { requestId } = await ask.verify(everywhere, citizen, { fullName: 'Hoàng Thị Thử Nghiệm' })
    const log = JSON.stringify(
      await ask.rows('oversight', 'select * from disclosure d join disclosure_entry e on e.record_id = d.id'),
    )
    expect(log).toContain(requestId)
    for (const text of [log, graph.logged()]) expect(text).not.toMatch(/Hoàng|Thử Nghiệm/)
  })
})

describe('a consent to verify alone', () => {
  const bank = { as: 'bank', purpose: 'CREDIT_ASSESSMENT' }
  const change = async (mutation: string) => {
    const { body } = await graph.ask({ as: 'citizen', query: '{ me { consents(first: 10) { nodes { id state } } } }' })
    const id = /"id":"([^"]+)","state":"(GRANTED|RESTRICTED)"/.exec(JSON.stringify(body))?.[1]
    const changed = `mutation { ${mutation}(input: { consentId: "${id}" }) { errors { code } } }`
    await graph.ask({ as: 'citizen', query: changed })
  }

  test('gives no value and an answer; once withdrawn, nothing', async () => {
    await change('restrictConsent')
    const read = await graph.ask({ ...bank, query: `{ citizen(personalId: "${citizen}") { fullName } }` })
    expect(read.body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['VERIFY_ONLY'])
    const { outcome, requestId } = await ask.verify(bank, citizen, { fullName: 'AN NGUYEN VAN', ageOver: 18 })
    expect(outcome).toEqual(['MATCH', 'MATCH'])
    expect(await graph.logOf(requestId)).toEqual(
      expect.arrayContaining([
        'ALLOW ClaimAnswer.result',
        'VERIFY_ONLY Citizen.dateOfBirth',
        'VERIFY_ONLY Citizen.fullName',
      ]),
    )
    await change('withdrawConsent')
    expect((await ask.verify(bank, citizen, { fullName: 'AN NGUYEN VAN' })).outcome).toEqual(['CONSENT_WITHDRAWN'])
  })
})

describe('a signed answer', () => {
  const terms = { audience: 'TRUONG-DAI-HOC-DEMO', nonce: 'Zm9yLXRoaXMtb25l' }

  test('holds for its audience and nonce by the published key, and leaves out what was refused', async () => {
    const claims = { fullName: 'Nguyễn Văn An', residenceCommune: '00004', ageOver: 18 }
    const { verified } = await ask.verify(
      insuranceOfficer('official-h'),
      citizen,
      { fullName: claims.fullName, residenceCommune: '00004' },
      terms,
    )
    const keys = new Map([[graph.keys.signing.kid, graph.keys.signing.publicKey]])
    const checked = await checkAttestation(verified?.attestation ?? '', keys, { ...terms, at: new Date() })
    expect(checked).toMatchObject({
      holds: true,
      person: citizen,
      claims: [{ name: 'fullName', value: 'Nguyễn Văn An', result: 'MATCH' }],
    })
    const own = await ask.verify({ as: 'citizen' }, citizen, claims, terms)
    expect(
      await checkAttestation(own.verified?.attestation ?? '', keys, { ...terms, nonce: 'another-one', at: new Date() }),
    ).toEqual({ holds: false, fault: 'WRONG_NONCE' })
  })

  test('is not given for terms that bind nothing', async () => {
    for (const loose of [
      { ...terms, nonce: 'short' },
      { ...terms, audience: ' ' },
    ])
      expect((await ask.verify({ as: 'citizen' }, citizen, { ageOver: 18 }, loose)).outcome).toEqual(['BAD_USER_INPUT'])
  })
})

test('nobody is answered where tries can not be taken, and a database that is away costs its own claims alone', async () => {
  const claims = { fullName: 'Nguyễn Văn An', insuredNow: true }
  await ask.rows('health', 'revoke execute on function claims_agree from health_verifier')
  expect((await ask.verify({ as: 'citizen' }, citizen, claims)).outcome).toEqual(['MATCH', 'SUBGRAPH_UNAVAILABLE'])
  await ask.rows('oversight', 'alter function reserve_tries rename to reserve_tries_away')
  expect((await ask.verify({ as: 'citizen' }, citizen, claims)).outcome).toEqual(['COUNT_UNAVAILABLE'])
})
