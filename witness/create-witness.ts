import { cosign, openHead } from '../evidence/log-head.ts'
import type { LogHead } from '../evidence/log-head.ts'
import { isConsistent } from '../evidence/merkle/verify-proofs.ts'
import type { Tree } from '../evidence/merkle/verify-proofs.ts'
import type { LogSource } from './ask-log.ts'
import type { WitnessFolder } from './witness-folder.ts'

/** What came of one look at the log. */
export type Look =
  | { seen: 'NOTHING' | 'SAME' | 'NEWER'; written: number; head: LogHead | null }
  | { seen: 'REFUSED'; reason: Refusal; written: number; head: LogHead | null }

/** Why a head is refused: each says that somebody broke the log, or signed two of them. */
export type Refusal = 'NOT_SIGNED' | 'SHRUNK' | 'OTHER_ROOT' | 'NOT_CONSISTENT' | 'GONE'

/**
 * A witness: each look takes the log's newest head, and its signature is given only to one that follows all it signed
 * before. What does not is kept with the head it contradicts; both are signed by the log, so the two together prove it.
 * A look rejects where the log can't be asked, which proves nothing. Looks must not overlap.
 */
export function createWitness(source: LogSource, folder: WitnessFolder, clock: () => Date): () => Promise<Look> {
  let refused: string | null = null
  let last: { head: LogHead; token: string } | null | undefined

  async function refuse(reason: Refusal, token: string | null): Promise<void> {
    const what = `${reason} ${token ?? ''}`
    if (refused === what) return
    await folder.refuse({ at: clock().toISOString(), reason, head: token, last: last?.token ?? null })
    refused = what
  }

  return async () => {
    const given = await source.head()
    last ??= await folder.last()
    const known = last?.head ?? null
    const written = given?.written ?? 0
    if (given === null) {
      if (last === null) return { seen: 'NOTHING', written, head: null }
      await refuse('GONE', null)
      return { seen: 'REFUSED', reason: 'GONE', written, head: known }
    }
    const head = await openHead(given.token, folder.keys)
    const reason = head === null ? 'NOT_SIGNED' : known === null ? null : await contradiction(known, head, source)
    if (reason !== null || head === null) {
      await refuse(reason ?? 'NOT_SIGNED', given.token)
      return { seen: 'REFUSED', reason: reason ?? 'NOT_SIGNED', written, head: known }
    }
    if (known !== null && head.size === known.size) return { seen: 'SAME', written, head }
    const cosignature = await cosign({ ...head, seenAt: clock().toISOString() }, folder.signer)
    await folder.append({ head: given.token, cosignature })
    last = { head, token: given.token }
    return { seen: 'NEWER', written, head }
  }
}

async function contradiction(known: LogHead, head: LogHead, source: LogSource): Promise<Refusal | null> {
  if (head.size < known.size) return 'SHRUNK'
  if (head.size === known.size) return head.root === known.root ? null : 'OTHER_ROOT'
  const proof = await source.consistency(known.size, head.size)
  const hashes = proof.map((text) => Buffer.from(text, 'base64url'))
  return isConsistent(treeOf(known), treeOf(head), hashes) ? null : 'NOT_CONSISTENT'
}

function treeOf({ size, root }: LogHead): Tree {
  return { size, root: Buffer.from(root, 'base64url') }
}
