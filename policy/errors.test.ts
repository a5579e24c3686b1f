import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorCatalogue } from './error-catalogue.ts'
import { errorsReference } from './errors-reference.ts'
import { denial, isErrorCode, problem } from './errors.ts'
import type { Decision } from './types.ts'

const decision: Decision = {
  outcome: 'DENY',
  conditional: false,
  level: 'L3',
  rule: 'bank-by-consent',
  basis: 'CONSENT',
  citation: 'Luật 91/2025/QH15, Điều 9',
  proposal: false,
  code: 'CONSENT_REQUIRED',
  failed: 'consent',
}
const at = { coordinate: 'Citizen.ethnicity', requestId: 'r-1', grantee: 'BANK-DEMO', purpose: 'CREDIT_ASSESSMENT' }

describe('the catalogue', () => {
  test('docs/reference/errors.md is generated from it', () => {
    expect(readFileSync(new URL('../docs/reference/errors.md', import.meta.url), 'utf8')).toBe(errorsReference())
  })
  test('every sentence stands in both languages, without a full stop, and every remedy names an action', () => {
    for (const [code, { vi, en, remedy }] of Object.entries(errorCatalogue)) {
      expect(vi, code).toMatch(/^\p{Ll}.*[^.]$/u)
      expect(en, code).toMatch(/^\p{Ll}.*[^.]$/u)
      expect(vi, code).not.toBe(en)
      expect(remedy({}).action, code).toMatch(/^[A-Z_]+$/)
    }
  })
  test('a name every object inherits is no code', () => {
    expect(['constructor', '__proto__', 'toString', 'NONSENSE', 7].some(isErrorCode)).toBe(false)
  })
})

describe('a denial', () => {
  test('carries what the contract shows, and the consent request to make', () => {
    const error = denial(decision, at)
    expect(error.message).toBe('the consent of the data subject is needed')
    expect(error.extensions).toEqual({
      code: 'CONSENT_REQUIRED',
      coordinate: 'Citizen.ethnicity',
      level: 'L3',
      rule: 'bank-by-consent',
      citation: 'Luật 91/2025/QH15, Điều 9',
      message_vi: 'cần sự đồng ý của chủ thể dữ liệu',
      remedy: {
        action: 'REQUEST_CONSENT',
        mutation: 'requestConsent',
        coordinates: ['Citizen.ethnicity'],
        purpose: 'CREDIT_ASSESSMENT',
        grantee: 'BANK-DEMO',
      },
      requestId: 'r-1',
    })
  })
  test('says what the second person is to be asked, so that a form can ask', () => {
    const place = {
      ...at,
      coordinate: 'LandCertificate.scanFile',
      purpose: 'LAND_REGISTRATION',
      caseNumber: 'DD-2026-000001',
    }
    expect(denial({ ...decision, code: 'APPROVAL_REQUIRED', level: 'L4' }, place).extensions.remedy).toEqual({
      action: 'REQUEST_APPROVAL',
      mutation: 'requestApproval',
      case: 'DD-2026-000001',
      coordinates: ['LandCertificate.scanFile'],
      purpose: 'LAND_REGISTRATION',
    })
  })
  test('says so when its rule is a proposal', () => {
    expect(denial({ ...decision, proposal: true }, at).extensions.proposal).toBe(true)
  })
  test('asks for the authentication level its own level needs', () => {
    expect(denial({ ...decision, code: 'ASSURANCE_TOO_LOW' }, at).extensions.remedy).toEqual({
      action: 'STEP_UP',
      authnLevel: 3,
      accountLevel: 2,
    })
    expect(denial({ ...decision, code: 'ASSURANCE_TOO_LOW', level: 'L2' }, at).extensions.remedy).toMatchObject({
      authnLevel: 2,
    })
  })
  test('stays closed when the decision forgot its code', () => {
    expect(denial({ ...decision, code: null }, at).extensions.code).toBe('CLASSIFICATION_DENIED')
  })
})

describe('a problem', () => {
  test('appends its detail to the sentence in each language', () => {
    const error = problem('BAD_USER_INPUT', { vi: 'số trang phải từ 1', en: 'the page must be 1 or more' })
    expect(error.message).toBe('the request is not valid: the page must be 1 or more')
    expect(error.extensions.message_vi).toBe('yêu cầu không hợp lệ: số trang phải từ 1')
  })
})
