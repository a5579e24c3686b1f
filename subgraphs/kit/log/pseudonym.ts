import { createHmac, createSecretKey } from 'node:crypto'
import { createMemory } from '../../../policy/create-memory.ts'

/** Turns persons into names that mean something to the log alone. Keyed, so that nobody without the key can try all numbers. */
export type Pseudonyms = {
  /** 43 characters (HMAC-SHA-256, base64url) for a personal number, also for one that nobody has. */
  subject: (personalId: string) => string
  /** 16 characters in four groups, the same for one account at one organisation, unlinkable between organisations. */
  staff: (organisation: string | null, account: string) => string
  /** Free text a client sent, with every run of nine or more digits (any personal identifier) made a pseudonym. */
  scrub: (text: string) => string
}

/** Accounts whose pseudonyms are kept: the same few ask again and again. */
const keptStaff = 5000

/** Pseudonyms under a 32-byte key (LOG_PSEUDONYM_KEY), separated by domain. Throws on a key of another length. */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  if (key.length !== 32) throw new RangeError('the pseudonym key has 32 bytes')
  // Made once: from bytes, every HMAC would make it anew, which takes four times as long as the HMAC.
  const secret = createSecretKey(key)
  const remembered = createMemory<string>(keptStaff)
  const mac = (domain: string, text: string): Buffer =>
    createHmac('sha256', secret).update(`${domain}:${text}`, 'utf8').digest()
  return {
    subject: (personalId) => mac('subject', personalId).toString('base64url'),
    staff: (organisation, account) => {
      const name = `${organisation ?? ''}\0${account}`
      return remembered(name, () => letters(mac('staff', name), 16).replace(/(.{4})(?=.)/g, '$1-'))
    },
    scrub: (text) => {
      // Nearly every text: plain, short, no long number.
      if (/^[ -~]{0,200}$/.test(text) && !/\d{9}/.test(text)) return text
      return text
        .replace(/\p{Nd}{9,}/gu, (digits) => `~${letters(mac('text', digits), 12)}`)
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, 200)
        .toWellFormed()
    },
  }
}

/** No digits, so that no pseudonym looks like a number; no vowels, so that none reads as a word. 4 bits a letter. */
const alphabet = 'BCDFGHKLMNPRTVXZ'

function letters(bytes: Buffer, count: number): string {
  return bytes
    .toString('hex')
    .slice(0, count)
    .replace(/./g, (digit) => alphabet.charAt(Number.parseInt(digit, 16)))
}
