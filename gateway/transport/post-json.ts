import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { urlToHttpOptions } from 'node:url'
import { problem } from '../../policy/errors.ts'

/**
 * Posts a JSON text to an address and resolves with the value of the answer. Rejects with TIMEOUT or SUBGRAPH_UNAVAILABLE,
 * which is also any status but 200: nothing of the transport (address, status, body) goes into an error.
 */
export type PostJson = (body: string, headers: Readonly<Record<string, string>>) => Promise<unknown>

/** Over connections that are kept. Node's own client: `fetch` takes more of a request than all we do with it. */
export function createPostJson(url: string, timeoutMs: number): PostJson {
  const address = urlToHttpOptions(new URL(url))
  const isSecure = address.protocol === 'https:'
  const request = isSecure ? httpsRequest : httpRequest
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  return (body, headers) =>
    new Promise((resolve, reject) => {
      const fail = (): void => {
        clearTimeout(timer)
        reject(problem('SUBGRAPH_UNAVAILABLE'))
      }
      const all = {
        ...headers,
        'content-type': 'application/json',
        accept: 'application/json',
        'content-length': Buffer.byteLength(body),
      }
      const sent = request({ ...address, method: 'POST', agent, headers: all }, (response) => {
        textOf(response)
          .then((text) => {
            clearTimeout(timer)
            resolve(JSON.parse(text))
          })
          .catch(fail)
      })
      const timer = setTimeout(() => {
        reject(problem('TIMEOUT'))
        sent.destroy()
      }, timeoutMs)
      sent.on('error', fail)
      sent.end(body)
    })
}

/** The whole body of an answer with status 200; rejects for another, and where the connection broke off. */
function textOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', reject)
    response.on('end', () =>
      response.statusCode === 200 ? resolve(Buffer.concat(chunks).toString()) : reject(new Error('status')),
    )
  })
}
