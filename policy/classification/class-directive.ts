import { Kind } from 'graphql'
import type { ConstArgumentNode, ConstDirectiveNode, ConstValueNode } from 'graphql'
import type { ClassArguments } from './types.ts'

/** Arguments whose values are text; the others hold words of the vocabulary or a flag. */
const texts: ReadonlySet<string> = new Set(['dict', 'owner', 'from', 'of'])

/**
 * `@classified` in its one canonical form: fixed order, sorted lists, nothing that says no more than its absence, so
 * that subgraphs which mean the same write the same.
 */
export function classifiedDirective(written: ClassArguments): ConstDirectiveNode {
  const said = Object.entries(canonical(written)).filter(([, value]) => value !== undefined)
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'classified' },
    arguments: said.map(([name, value]) => argument(name, valueNode(name, value))),
  }
}

/** `domain: "name"` of `@subject`. */
export function domainArgument(name: string): ConstArgumentNode {
  return argument('domain', { kind: Kind.STRING, value: name })
}

function canonical(written: ClassArguments): ClassArguments {
  const { dict, sharing, importance, secrecy, personal, inferring, owner, mask, from, structure } = written
  return {
    ...(dict === undefined ? {} : { dict }),
    ...(sharing === undefined ? {} : { sharing }),
    ...(importance === undefined || importance === 'OTHER' ? {} : { importance }),
    ...(secrecy === undefined || secrecy === 'NONE' ? {} : { secrecy }),
    ...(personal === undefined || personal.length === 0 ? {} : { personal }),
    ...(inferring === undefined || inferring.length === 0 ? {} : { inferring }),
    ...(owner === undefined ? {} : { owner }),
    ...(mask === undefined || mask === 'NULL' ? {} : { mask }),
    ...(from === undefined || from.length === 0 ? {} : { from }),
    ...(structure === true ? { structure } : {}),
  }
}

function valueNode(name: string, value: string | boolean | readonly string[]): ConstValueNode {
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value }
  if (typeof value !== 'string') return { kind: Kind.LIST, values: value.map((one) => valueNode(name, one)) }
  return texts.has(name) ? { kind: Kind.STRING, value } : { kind: Kind.ENUM, value }
}

function argument(name: string, value: ConstValueNode): ConstArgumentNode {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value }
}
