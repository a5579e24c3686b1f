/**
 * `node verify.mjs [JWKS...]`, in the folder an evidence pack was unpacked to: checks all of it with Node 20 or later and
 * nothing else. The key sets are those the log published (`/.well-known/jwks.json`), saved when there was reason to trust
 * them; without any, the log is checked by the keys that came along, which shows that it agrees with itself. Exit 1 where
 * anything does not hold. A second reading of the formats on purpose: it shares no line with the code that wrote them.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const text = (path) => readFileSync(path, 'utf8')
const bytes = (base64url) => Buffer.from(base64url ?? '', 'base64url')
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const tell = (line) => void process.stdout.write(`${line}\n`)
let faults = 0
/** Tells what was checked, and counts what does not hold. A check that fails on the way does not hold. */
function check(what, holds) {
  let isWhole = false
  let why = ''
  try {
    const found = holds()
    isWhole = found === true
    why = typeof found === 'string' ? `: ${found}` : ''
  } catch (error) {
    why = `: ${error.message}`
  }
  tell(`${isWhole ? 'ok    ' : 'FAILED'} ${what}${why}`)
  if (!isWhole) faults += 1
}

/** RFC 7638: what a key is known by. */
function kidOf(key) {
  const { crv, kty, x } = key.export({ format: 'jwk' })
  return sha256(JSON.stringify({ crv, kty, x })).toString('base64url')
}
/** What a compact JWS says (RFC 7515, EdDSA by RFC 8037), where a known key signed it for this use; else null. */
function opened(jws, typ, keys) {
  const [header, payload, signature] = jws.trim().split('.')
  const { alg, kid, typ: signedFor } = JSON.parse(bytes(header))
  const key = keys.get(kid)
  const isSigned =
    key &&
    alg === 'EdDSA' &&
    signedFor === typ &&
    verify(null, Buffer.from(`${header}.${payload}`), key, bytes(signature))
  return isSigned ? bytes(payload).toString() : null
}
/** RFC 8785. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

const signer = createPublicKey(text('keys/manifest.pem'))
const own = new Map([[kidOf(signer), signer]])
tell(`signed with ${kidOf(signer)}: ask the operator whether that is their key`)

check(
  'the manifest is what was signed',
  () => opened(text('MANIFEST.jws'), 'vn-graph-evidence', own) === text('MANIFEST'),
)
const listed = new Map(
  text('MANIFEST')
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(66), line.slice(0, 64)]),
)
check(`${listed.size} files are as they were signed`, () => {
  const changed = [...listed].filter(
    ([path, hash]) => !existsSync(path) || sha256(readFileSync(path)).toString('hex') !== hash,
  )
  return changed.length === 0 || changed.map(([path]) => path).join(', ')
})
check('the certificate of coverage is signed and says what coverage.json says', () => {
  const said = opened(text('checks/coverage.jws'), 'vn-graph-coverage', own)
  return said !== null && canonical(JSON.parse(said)) === canonical(JSON.parse(text('checks/coverage.json')))
})
check('two people approved the bundle that is here', () => {
  const people = [...text('approval/approvers.yaml').matchAll(/^ +key: (\S+)$/gm)].map(([, key]) =>
    createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
  )
  const keys = new Map(people.map((key) => [kidOf(key), key]))
  const signatures = [...text('approval/approvals.yaml').matchAll(/^ +(?:author|approver): (eyJ\S+)$/gm)].map(
    ([, jws]) => jws,
  )
  const said = signatures.map((jws) => JSON.parse(opened(jws, 'vn-graph-approval', keys) ?? 'null'))
  const bundle = sha256(canonical(JSON.parse(text('bundle/bundle.json')))).toString('hex')
  const [author, approver] = said.slice(-2)
  if (said.includes(null)) return 'a signature does not hold'
  if (author?.bundle !== bundle || approver?.bundle !== bundle) return 'the last approval is of another bundle'
  return author.name !== approver.name || 'one person'
})

const given = existsSync('log') ? readdirSync('log').map((name) => `log/${name}`) : []
const sets = [...process.argv.slice(2), ...given.filter((path) => path.endsWith('.json'))].map((path) => [
  path,
  JSON.parse(text(path)),
])
const isOwnSet = process.argv.length === 2
const logKeys = new Map([
  ...(isOwnSet ? own : []),
  ...sets
    .filter(([path, { keys }]) => Array.isArray(keys) && (isOwnSet || process.argv.includes(path)))
    .flatMap(([, { keys }]) =>
      keys.map(({ kid, kty, crv, x }) => [kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]),
    ),
])
const leafHash = (body) => sha256('\0', body)
const nodeHash = (left, right) => sha256('\x01', left, right)
const timeOf = (id) => new Date(parseInt(id.slice(2, 8) + id.slice(9, 13) + id.slice(15, 17), 16)).toISOString()
/** What a writer signed of a record. */
const statementOf = ({ record, leaf, writer, counter, previous }) =>
  `vn-national-graph/disclosure-record/v2\0${JSON.stringify({ at: timeOf(record), counter, leaf, previous, record, writer })}`
/** Whether a record shows what its leaf stands for; one whose time has passed shows nothing. */
function isLeafOf({ record, writer, counter, leaf, body, entries }) {
  if (body === null) return entries.length === 0
  const said = JSON.parse(body)
  const isPlaced = said.id === record && said.writer === writer && said.counter === counter
  const hashes = entries.map((entry, at) => (entry === null ? said.entries[at] : sha256(entry).toString('base64url')))
  return isPlaced && leafHash(body).equals(bytes(leaf)) && hashes.join() === said.entries.join()
}

for (const [path, { version, record, keyId, leafIndex, path: siblings, head: token }] of sets) {
  if (version !== 1 || record === undefined) continue
  check(`${path}: the record is in the log`, () => {
    const key = logKeys.get(keyId)
    if (key === undefined) return 'its key is not among those named'
    if (!isLeafOf(record) || !verify(null, Buffer.from(statementOf(record)), key, bytes(record.signature)))
      return 'changed'
    const head = JSON.parse(opened(token, 'log-head+json', logKeys) ?? 'null')
    if (head === null || leafIndex >= head.size) return 'its head does not hold'
    // RFC 9162 Section 2.1.3.2
    let [place, last, hash] = [leafIndex, head.size - 1, bytes(record.leaf)]
    for (const sibling of siblings.map(bytes)) {
      if (last === 0) return 'its path is too long'
      if (place % 2 === 1 || place === last) {
        hash = nodeHash(sibling, hash)
        for (; place % 2 === 0 && place > 0; place /= 2) last = Math.floor(last / 2)
      } else hash = nodeHash(hash, sibling)
      place = Math.floor(place / 2)
      last = Math.floor(last / 2)
    }
    return (last === 0 && hash.equals(bytes(head.root))) || 'its path leads elsewhere'
  })
}

for (const path of given.filter((one) => one.endsWith('.txt')))
  check(`${path}: the log is whole`, () => faultOfExport(path))

/** The first thing in an export that does not hold; true where all does. */
function faultOfExport(path) {
  const [title, ...lines] = text(path).trimEnd().split('\n')
  if (title !== 'vn-national-graph disclosure log, version 1') return 'no export of a log'
  const writers = []
  const edge = []
  let [leaves, heads, stated] = [0, 0, null]
  for (const [kind, ...parts] of lines.map((line) => line.split('\t'))) {
    if (stated !== null) return 'something stands behind the end'
    if (kind === 'writer')
      writers.push({ writer: parts[0], key: logKeys.get(parts[1]), counter: 0, link: null, last: null })
    else if (kind === 'leaf') {
      const [number, counter, record, leaf, previous, signature, body, ...entries] = parts
      const one = writers[number - 1]
      const row = {
        record,
        leaf,
        writer: one.writer,
        counter: Number(counter),
        previous: previous || null,
        body: body || null,
        entries,
      }
      if (!isLeafOf(row)) return `leaf ${leaves} was changed`
      if (row.counter !== one.counter + 1 || row.previous !== one.link)
        return `leaf ${leaves} does not follow its writer's last one`
      one.last = [statementOf(row), signature]
      Object.assign(one, { counter: row.counter, link: sha256(`${one.last[0]}.${signature}`).toString('base64url') })
      let added = [1, bytes(leaf)]
      while (edge.at(-1)?.[0] === added[0]) added = [added[0] * 2, nodeHash(edge.pop()[1], added[1])]
      edge.push(added)
      leaves += 1
    } else if (kind === 'head') {
      const head = JSON.parse(opened(parts[0], 'log-head+json', logKeys) ?? 'null')
      const root = edge.map(([, hash]) => hash).reduceRight((right, left) => nodeHash(left, right))
      if (head === null || head.size !== leaves || !root.equals(bytes(head.root)))
        return `head of ${leaves} leaves does not hold`
      heads = leaves
    } else if (kind === 'end') stated = Number(parts[0])
    else return 'a line that is none'
  }
  // Each signature covers all that its writer signed before.
  const forged = writers.find(
    ({ key, last }) => last && !(key && verify(null, Buffer.from(last[0]), key, bytes(last[1]))),
  )
  if (forged) return `${forged.writer} did not sign this, or its key is not among those named`
  return stated !== leaves ? 'it was cut' : heads > 0 || leaves === 0 || 'no head stands in it'
}
tell(faults === 0 ? 'all of it holds' : `${faults} of these do not hold`)
process.exitCode = faults === 0 ? 0 : 1
