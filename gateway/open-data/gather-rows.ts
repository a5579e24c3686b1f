import type { GraphQLFormattedError } from 'graphql'
import { isErrorCode, problem } from '../../policy/errors.ts'
import type { Dataset } from './datasets.ts'
import { rowsFrom, type FlatRow } from './rows-from.ts'

/** Asks the graph as somebody without a token. */
export type AskOpenly = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<{ data?: Readonly<Record<string, unknown>> | null; errors?: readonly GraphQLFormattedError[] }>

/**
 * All rows of a dataset. Rejects with the first error of any answer: half a table would look whole, and what nobody may
 * read is told as everywhere else.
 */
export async function gatherRows(dataset: Pick<Dataset, 'query' | 'asking'>, ask: AskOpenly): Promise<FlatRow[]> {
  const rows: FlatRow[] = []
  const take = async (variables: Readonly<Record<string, unknown>>): Promise<Page> => {
    const page = pageOf(await answer(ask, dataset.query, variables))
    for (const item of page.items) rows.push(...rowsFrom(item))
    return page
  }
  if (dataset.asking === 'BY_PROVINCE') for (const province of await provincesOf(ask)) await take({ province })
  else if (dataset.asking === 'BY_PAGE')
    for (let after: string | null = (await take({})).next; after !== null;) after = (await take({ after })).next
  else await take({})
  return rows
}

async function provincesOf(ask: AskOpenly): Promise<unknown[]> {
  return pageOf(await answer(ask, '{ provinces { code } }', {})).items.map(({ code }) => code)
}

async function answer(ask: AskOpenly, query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { data, errors = [] } = await ask(query, variables)
  const code = errors[0]?.extensions?.['code']
  if (errors.length > 0) throw problem(isErrorCode(code) && !ours.has(code) ? code : 'INTERNAL')
  const [root = null] = Object.values(data ?? {})
  if (root === null) throw problem('SUBGRAPH_UNAVAILABLE')
  return root
}

/** The question is this project's: where it is at fault, whoever downloads is not. */
const ours = new Set<string>(['BAD_USER_INPUT', 'QUERY_TOO_COMPLEX', 'NOT_FOUND'])

type Item = Readonly<Record<string, unknown>>
type Page = { items: readonly Item[]; next: string | null }

/** The objects a root field gave: one, a list, or a page with the cursor of the next. */
function pageOf(root: unknown): Page {
  if (Array.isArray(root)) return { items: root, next: null }
  const { nodes, pageInfo } = root as { nodes?: Item[]; pageInfo?: { hasNextPage: boolean; endCursor: string | null } }
  if (nodes === undefined) return { items: [root as Item], next: null }
  return { items: nodes, next: pageInfo?.hasNextPage === true ? pageInfo.endCursor : null }
}
