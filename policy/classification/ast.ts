import { Kind } from 'graphql'
import type { ConstDirectiveNode, TypeNode } from 'graphql'

type WithDirectives = { readonly directives?: readonly ConstDirectiveNode[] }

/** The applications of one directive on a node. */
export function directivesOf(node: WithDirectives, name: string): readonly ConstDirectiveNode[] {
  return (node.directives ?? []).filter((directive) => directive.name.value === name)
}

/** A string argument of a directive; null where it isn't given as a string. */
export function textArgument(directive: ConstDirectiveNode, name: string): string | null {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING ? value.value : null
}

/** The texts of a string argument of every application of a directive on a node. */
export function textsOf(node: WithDirectives, directive: string, argument: string): readonly string[] {
  return directivesOf(node, directive).flatMap((one) => textArgument(one, argument) ?? [])
}

/** The name of a type without list and non-null. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type)
}

/** Whether a type is a list, be it non-null or not. */
export function isListType(type: TypeNode): boolean {
  return type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isListType(type.type))
}
