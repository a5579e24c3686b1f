import { appendFile, mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newSigningKey } from '../config/kept-keys.ts'
import { keptText, textIfThere } from '../config/kept-text.ts'
import { signingKeyFromText } from '../config/key-text.ts'
import type { SigningKey } from '../config/key-text.ts'
import { keysFromJwks } from '../evidence/key-set.ts'
import type { KeySet } from '../evidence/key-set.ts'
import { headFromWitnessLine, textFromWitnessLine } from '../evidence/witness-file.ts'
import type { WitnessLine } from '../evidence/witness-file.ts'
import type { LogHead } from '../evidence/log-head.ts'

/** What a witness keeps, in a folder that nobody of the log's administration writes to. */
export type WitnessFolder = {
  signer: SigningKey
  /** Keys of the log and of the witness itself. */
  keys: KeySet
  /** The last head that was seen, as it was signed; null in an empty folder. */
  last: () => Promise<{ head: LogHead; token: string } | null>
  /** Durable before it resolves. */
  append: (line: WitnessLine) => Promise<void>
  /** Keeps what was refused and why, with both heads: the evidence. Durable before it resolves. */
  refuse: (evidence: Record<string, unknown>) => Promise<void>
}

/**
 * Opens the folder: `witness-key.pem` (0600) and `witness-keys.json` are made at the first start; `log-keys.json`, the keys
 * the log is believed by, is taken from `published` unless the operator put it there before. Rejects where a kept head
 * is not signed by these keys: somebody changed the folder.
 */
export async function openWitnessFolder(folder: string, published: () => Promise<string>): Promise<WitnessFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const at = (name: string): string => join(folder, name)
  const signer = keptText(at('witness-key.pem'), newSigningKey, signingKeyFromText)
  const { crv, kty, x } = signer.publicKey.export({ format: 'jwk' })
  const own = JSON.stringify({ keys: [{ kid: signer.kid, kty, crv, x, alg: 'EdDSA', use: 'sig' }] }, null, 2)
  await writeFile(at('witness-keys.json'), `${own}\n`)
  if (textIfThere(at('log-keys.json')) === null) {
    const text = await published()
    keysFromJwks(text)
    await writeFile(at('log-keys.json'), text, { flag: 'wx' })
  }
  const log = keysFromJwks(await readFile(at('log-keys.json'), 'utf8'))
  const keys: KeySet = new Map([...log, [signer.kid, signer.publicKey]])
  return {
    signer,
    keys,
    last: async () => {
      const text = (await wholeLines(at('heads.jsonl'))).trimEnd()
      if (text === '') return null
      const line = text.slice(text.lastIndexOf('\n') + 1)
      const head = await headFromWitnessLine(line, keys)
      if (head === null) throw new Error(`${at('heads.jsonl')}: the last line is not one of this witness`)
      return { head, token: (JSON.parse(line) as WitnessLine).head }
    },
    append: (line) => appendDurably(at('heads.jsonl'), textFromWitnessLine(line)),
    refuse: (evidence) => appendDurably(at('refused.jsonl'), JSON.stringify(evidence)),
  }
}

/** What a crash left of a line that was never acknowledged is taken away. */
async function wholeLines(path: string): Promise<string> {
  const text = textIfThere(path) ?? ''
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) await truncate(path, Buffer.byteLength(text.slice(0, end)))
  return text.slice(0, end)
}

async function appendDurably(path: string, line: string): Promise<void> {
  await appendFile(path, `${line}\n`)
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
