import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OAuth2Server } from 'oauth2-mock-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentity } from './identity.ts'
import { hasLocalIssuer } from './local-issuer.ts'
import { tokenAudience } from './verifier.ts'

const claims = { sub: 'vneid-1', kind: 'CITIZEN', personal_id: '901085000101' }

describe('without an issuer', () => {
  const folders = [mkdtempSync(join(tmpdir(), 'identity-')), mkdtempSync(join(tmpdir(), 'identity-'))]
  const [here = '', elsewhere = ''] = folders
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

  test('the data directory’s own key signs, and is the same at the next start', async () => {
    expect(hasLocalIssuer(here)).toBe(false)
    const token = await (await createIdentity({ dataDir: here, oidcIssuer: null })).localIssuer?.sign(claims)
    const again = await createIdentity({ dataDir: here, oidcIssuer: null })
    expect(await again.verifier.verify(token ?? '')).toMatchObject({ sub: 'vneid-1' })
    expect(hasLocalIssuer(here)).toBe(true)
  })
  test('a token that a former key signed is believed as long as that key stands among the former ones', async () => {
    const token = (await (await createIdentity({ dataDir: here, oidcIssuer: null })).localIssuer?.sign(claims)) ?? ''
    const former = join(here, 'keys', 'former', 'issuer')
    mkdirSync(former, { recursive: true })
    renameSync(join(here, 'keys', 'issuer-key.pem'), join(former, 'first.pem'))
    const { verifier, publicKeys, localIssuer } = await createIdentity({ dataDir: here, oidcIssuer: null })
    expect(publicKeys).toHaveLength(2)
    expect(await verifier.verify(token)).toMatchObject({ sub: 'vneid-1' })
    expect(await verifier.verify((await localIssuer?.sign(claims)) ?? '')).toMatchObject({ sub: 'vneid-1' })
    rmSync(former, { recursive: true })
    const later = await createIdentity({ dataDir: here, oidcIssuer: null })
    await expect(later.verifier.verify(token)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
  })
  test('a token of another data directory is nothing here', async () => {
    const token = await (await createIdentity({ dataDir: elsewhere, oidcIssuer: null })).localIssuer?.sign(claims)
    const { verifier } = await createIdentity({ dataDir: here, oidcIssuer: null })
    await expect(verifier.verify(token ?? '')).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
  })
})

describe('with an OIDC issuer', () => {
  const issuer = new OAuth2Server()
  beforeAll(async () => {
    await issuer.issuer.keys.generate('RS256')
    await issuer.start(0, '127.0.0.1')
    issuer.issuer.url = `http://127.0.0.1:${issuer.address().port}`
  })
  afterAll(() => issuer.stop())
  const issued = (extra: object): Promise<string> =>
    issuer.issuer.buildToken({
      scopesOrTransform: (_header, payload) => void Object.assign(payload, claims, { aud: tokenAudience }, extra),
    })

  test('its tokens are believed through its discovery document', async () => {
    const { verifier, localIssuer, ready } = await createIdentity({
      dataDir: '/nowhere',
      oidcIssuer: issuer.issuer.url ?? '',
    })
    expect(localIssuer).toBeNull()
    expect(await ready()).toBe(true)
    expect(await verifier.verify(await issued({}))).toMatchObject({ kind: 'CITIZEN', sub: 'vneid-1' })
    await expect(verifier.verify(await issued({ aud: 'other' }))).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    })
  })
  test('that does not answer, the refusal says so and not that the token is bad', async () => {
    const { verifier, ready } = await createIdentity({ dataDir: '/nowhere', oidcIssuer: 'http://127.0.0.1:9' })
    expect(await ready()).toBe(false)
    await expect(verifier.verify(await issued({}))).rejects.toMatchObject({
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    })
  })
})
