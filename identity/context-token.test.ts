import { generateKeyPairSync } from 'node:crypto'
import { importJWK, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { signingKeyFromText, type SigningKey } from '../config/key-text.ts'
import { createContextVerifier, signContext, type WireContext } from './context-token.ts'

const newKey = (): SigningKey => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = signingKeyFromText(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  if (key === null) throw new Error('no key')
  return key
}
const key = newKey()
const context: WireContext = {
  requestId: 'r',
  traceId: 't',
  token: null,
  purpose: null,
  caseNumber: null,
  bundleHash: 'b',
  schemaHash: 's',
  isReading: true,
}
const signed = (by = key): string => signContext(by, ['land', 'health'], 'body', context)
const after = (seconds: number) => () => new Date(Date.now() + seconds * 1000)
const unauthenticated = expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) })
const refusal = (ask: () => unknown): unknown => {
  try {
    return ask()
  } catch (error) {
    return error
  }
}

test('a context is believed for the subgraphs and the body it was signed for', () => {
  const { context: read, audience } = createContextVerifier([newKey(), key]).verify(signed(), 'body')
  expect(read).toEqual(context)
  expect([...audience]).toEqual(['land', 'health'])
})

test('any library reads what is signed as a JSON Web Token', async () => {
  const publicKey = await importJWK({ ...key.publicKey.export({ format: 'jwk' }), alg: 'EdDSA' })
  const { payload } = await jwtVerify(signed(), publicKey, { audience: 'health', typ: 'graph-context+jwt' })
  expect(payload).toMatchObject({ method: 'POST', context })
})

test.each([
  { it: 'another body', ask: () => createContextVerifier([key]).verify(signed(), 'bodY') },
  { it: 'the key of another', ask: () => createContextVerifier([key]).verify(signed(newKey()), 'body') },
  {
    it: 'the key of another under this one’s id',
    ask: () => createContextVerifier([key]).verify(signed({ ...newKey(), kid: key.kid }), 'body'),
  },
  { it: 'its end', ask: () => createContextVerifier([key], after(15)).verify(signed(), 'body') },
  { it: 'a clock that is not there yet', ask: () => createContextVerifier([key], after(-2)).verify(signed(), 'body') },
  { it: 'no signature', ask: () => createContextVerifier([key]).verify(signed().replace(/[^.]*$/, ''), 'body') },
])('$it: refused', ({ ask }) => {
  expect(refusal(ask)).toEqual(unauthenticated)
})

test('a context is believed once, also by what follows many others, and never after its end', () => {
  let late = 0
  const { verify } = createContextVerifier([key], () => after(late)())
  const first = signed()
  verify(first, 'body')
  expect(refusal(() => verify(first, 'body'))).toEqual(unauthenticated)
  for (late = 0; late < 20; late += 0.5) expect(refusal(() => verify(first, 'body'))).toEqual(unauthenticated)
})
