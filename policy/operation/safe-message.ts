/**
 * What graphql-js says of an invalid document, where it speaks of names alone. Messages that quote a value (a personal
 * number of the wrong length, say) become one sentence without it, and nothing suggests names the client did not write.
 */
export function safeMessage(message: string): string {
  const bare = message.replace(/\s*Did you mean.*$/s, '').trim()
  const variable = /^Variable "(\$\w{1,60})"/.exec(bare)?.[1]
  if (variable !== undefined && /got invalid value|has invalid value/.test(bare))
    return `variable ${variable} has a value that is not valid`
  if (bare.length <= 300 && speaksOfNames.some((pattern) => pattern.test(bare))) return bare.replace(/\.$/, '')
  const type = /^Expected value of type "([\w![\]]{1,60})"/.exec(bare)?.[1]
  return type === undefined ? 'a value or a name is not one the schema knows' : `a value is not of type ${type}`
}

/** Sentences of graphql-js 16 that quote names, types and directives, never literals. */
const speaksOfNames: readonly RegExp[] = [
  /^Cannot query field "\w+" on type "\w+"\.$/,
  /^Unknown (argument|directive|fragment|type) "[@\w]+"/,
  /^Field "[\w.]+" (must not have a selection|of type "[\w![\]]+" must have a selection|argument "\w+" of type|is not defined by type|of required type)/,
  /^(Argument|Field) "[\w()@:.]+" of required type "[\w![\]]+" was not provided/,
  /^Variable "\$\w+" (is not defined|is never used|of type|of required type "[\w![\]]+" was not provided|cannot be non-input type)/,
  /^Fragment(s)? "\w+"/,
  /^Cannot spread fragment/,
  /^Fields "\w+" conflict because /,
  /^There can be only one /,
  /^Directive "@\w+"/,
  /^The directive "@\w+"/,
  /^This anonymous operation must be the only defined operation/,
  /^(Unknown operation named "\w+"|Must provide operation name)/,
  /^GraphQL introspection is not allowed/,
  /^Maximum introspection depth exceeded/,
]
