import { Lexer, Source, TokenKind } from 'graphql'
import type { GraphQLError } from 'graphql'
import { problem } from '../errors.ts'
import { most } from './limits.ts'

/**
 * Bounds a document by its tokens alone, before anything parses or validates it: validation is quadratic in places and
 * parsing recurses. Null where it keeps within the limits; text that is no GraphQL is left to the parser to refuse.
 */
export function sourceProblem(text: string): GraphQLError | null {
  const lexer = new Lexer(new Source(text))
  let nesting = 0
  let parentheses = 0
  let aliases = 0
  let beforeColon = false
  try {
    for (let tokens = 0, token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance(), tokens += 1) {
      if (tokens >= most.tokens) return tooComplex('số từ tố', 'tokens', most.tokens)
      if (opening.has(token.kind)) nesting += 1
      if (closing.has(token.kind)) nesting -= 1
      if (nesting > most.nesting) return tooComplex('số ngoặc lồng nhau', 'open brackets', most.nesting)
      if (token.kind === TokenKind.PAREN_L) parentheses += 1
      if (token.kind === TokenKind.PAREN_R) parentheses -= 1
      // Outside parentheses a colon after a name can only be an alias.
      if (token.kind === TokenKind.COLON && beforeColon && parentheses === 0) aliases += 1
      if (aliases > most.aliases) return tooComplex('số bí danh', 'aliases', most.aliases)
      beforeColon = token.kind === TokenKind.NAME
    }
  } catch {
    return null
  }
  return null
}

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/** The refusal that names the limit which was passed. */
export function tooComplex(vi: string, en: string, limit: number): GraphQLError {
  return problem('QUERY_TOO_COMPLEX', { vi: `${vi} vượt ${limit}`, en: `more than ${limit} ${en}` })
}
