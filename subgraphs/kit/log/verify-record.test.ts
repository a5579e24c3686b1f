import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { disclosureRecord, entry } from '../../../test/support/disclosures.ts'
import { createPseudonyms } from './pseudonym.ts'
import { bodyFromContent, contentFromRecord } from './record-body.ts'
import { leafHash, signBody } from './signature.ts'
import { verifyRecord, verifyRecords } from './verify-record.ts'
import type { ExportedRecord } from './verify-record.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const keys = new Map([['k1', publicKey]])
const pseudonyms = createPseudonyms(new Uint8Array(32))
const policy = { revealDelayDays: { '19.1.b': 180 }, delayedPurposes: new Set<string>() }

function signed(body: string): ExportedRecord {
  return {
    body,
    signature: signBody(body, privateKey).toString('base64url'),
    keyId: 'k1',
    leafHash: leafHash(body).toString('base64url'),
  }
}

function exported(counter: number, writer = 'population/a'): ExportedRecord {
  const content = contentFromRecord(disclosureRecord([entry('901085000101')], new Date()), pseudonyms, policy)
  return signed(bodyFromContent(content, writer, counter))
}

describe('verifyRecord', () => {
  it('accepts what the log wrote and says its place', () => {
    expect(verifyRecord(exported(3), keys)).toMatchObject({ place: { writer: 'population/a', counter: 3 } })
  })

  it('finds any changed byte of the body', () => {
    const record = exported(1)
    for (let index = 0; index < record.body.length; index += 37) {
      const changed = `${record.body.slice(0, index)}${record.body[index] === '~' ? '!' : '~'}${record.body.slice(index + 1)}`
      expect(verifyRecord({ ...record, body: changed }, keys)).toEqual({ fault: { kind: 'BAD_SIGNATURE', index: 0 } })
    }
  })

  it('finds a changed leaf hash, a foreign key, an unknown key and a broken signature', () => {
    const record = exported(1)
    const other = generateKeyPairSync('ed25519').publicKey
    expect(verifyRecord({ ...record, leafHash: exported(2).leafHash }, keys)).toMatchObject({
      fault: { kind: 'BAD_LEAF_HASH' },
    })
    expect(verifyRecord(record, new Map([['k1', other]]))).toMatchObject({ fault: { kind: 'BAD_SIGNATURE' } })
    expect(verifyRecord({ ...record, keyId: 'k2' }, keys)).toMatchObject({ fault: { kind: 'UNKNOWN_KEY' } })
    expect(verifyRecord({ ...record, signature: 'AAAA' }, keys)).toMatchObject({ fault: { kind: 'BAD_SIGNATURE' } })
  })

  it('accepts only the one canonical text, and only records, even from the key holder', () => {
    expect(verifyRecord(signed(`${exported(1).body} `), keys)).toMatchObject({ fault: { kind: 'NOT_CANONICAL' } })
    expect(verifyRecord(signed('{"counter":1,"counter":2}'), keys)).toMatchObject({ fault: { kind: 'NOT_CANONICAL' } })
    expect(verifyRecord(signed('nonsense'), keys)).toMatchObject({ fault: { kind: 'NOT_CANONICAL' } })
    expect(verifyRecord(signed('[1]'), keys)).toMatchObject({ fault: { kind: 'NOT_A_RECORD' } })
    expect(verifyRecord(signed('{"at":"x","counter":0,"id":"x","writer":"x"}'), keys)).toMatchObject({
      fault: { kind: 'NOT_A_RECORD' },
    })
  })
})

describe('verifyRecords', () => {
  it('accepts several writers in any order', () => {
    expect(verifyRecords([exported(2), exported(1, 'land/b'), exported(1)], keys)).toEqual([])
  })

  it('names the counters that are missing and those that stand twice', () => {
    const faults = verifyRecords([exported(3), exported(3), exported(7), exported(2, 'land/b')], keys)
    expect(faults).toEqual([
      { kind: 'GAP', writer: 'population/a', from: 1, until: 2 },
      { kind: 'REPEATED', writer: 'population/a', counter: 3 },
      { kind: 'GAP', writer: 'population/a', from: 4, until: 6 },
      { kind: 'GAP', writer: 'land/b', from: 1, until: 1 },
    ])
  })

  it('goes on from an earlier export', () => {
    expect(verifyRecords([exported(8)], keys, new Map([['population/a', 7]]))).toEqual([])
  })

  it('counts an unsound record as missing as well', () => {
    const bad = { ...exported(1), keyId: 'unknown' }
    expect(verifyRecords([bad, exported(2)], keys)).toEqual([
      { kind: 'UNKNOWN_KEY', index: 0 },
      { kind: 'GAP', writer: 'population/a', from: 1, until: 1 },
    ])
  })
})
