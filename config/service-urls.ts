import { isLoopback } from './is-loopback.ts'

/** Addresses by subgraph name, and a line for each variable that is wrong. */
export type UrlsByName = { urls: ReadonlyMap<string, string>; problems: readonly string[] }

/** Reads `<prefix><SUBGRAPH>` variables: upper case, `-` as `_`. A variable that names no subgraph is a problem too. */
export function urlsByName(
  given: Readonly<Record<string, string | undefined>>,
  prefix: string,
  subgraphs: readonly string[],
  isValid: (url: string) => boolean,
  message: string,
): UrlsByName {
  const urls = new Map<string, string>()
  const problems: string[] = []
  for (const [variable, url] of Object.entries(given)) {
    if (!variable.startsWith(prefix) || url === undefined) continue
    const name = variable.slice(prefix.length).toLowerCase().replaceAll('_', '-')
    if (!subgraphs.includes(name)) problems.push(`${variable}: names no subgraph; there are ${subgraphs.join(', ')}`)
    else if (!isValid(url)) problems.push(`${variable}: ${message}`)
    else urls.set(name, url)
  }
  return { urls, problems }
}

/** True for an https address, or plain http on this machine: where tokens come from (OpenID Connect Discovery §4). */
export function isIssuerUrl(text: string): boolean {
  const url = URL.parse(text)
  return isServiceUrl(text) && url !== null && (url.protocol === 'https:' || isLoopback(url.hostname))
}

/** True for an http or https address without a password in it. */
export function isServiceUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === ''
}

/** True for a PostgreSQL connection string. */
export function isDatabaseUrl(text: string): boolean {
  const protocol = URL.parse(text)?.protocol
  return protocol === 'postgres:' || protocol === 'postgresql:'
}
