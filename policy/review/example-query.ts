import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'

/** Values of the seed by argument: so that the query can be asked of a local server as it stands. */
const seedValues: Readonly<Record<string, string>> = {
  personalId: '"901085000101"',
  parcelId: '"00004_12_345"',
  code: '"01"',
  provinceCode: '"01"',
  number: '"HT-2026-000001"',
  claims: '{ fullName: "Nguyễn Văn An" }',
}

/**
 * The shortest operation that asks for a field: own data from `me`, anybody else's from elsewhere. Null where no path
 * leads to it. Arguments that must be given hold values of the seed, or one of their type.
 */
export function exampleQuery(schema: GraphQLSchema, coordinate: string, isOwn: boolean): string | null {
  const [typeName = '', fieldName = ''] = coordinate.split('.')
  const target = schema.getType(typeName)
  if (!isObjectType(target) && !isInterfaceType(target)) return null
  const field = target.getFields()[fieldName]
  if (field === undefined) return null
  const leaf = written(field)
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    if (!root) continue
    const ways = new Map<string, (inner: string) => string>([[root.name, (inner) => inner]])
    // The map grows while it is walked: breadth first, so the first way found is a shortest.
    for (const [name, way] of ways) {
      const keyword = root === schema.getMutationType() ? 'mutation ' : ''
      if (name === typeName) return `${keyword}{ ${way(leaf)} }`
      for (const [next, onward] of steps(schema, name, isOwn))
        if (!ways.has(next)) ways.set(next, (inner) => way(onward(inner)))
    }
  }
  return null
}

/** The types one step further, each with how to write the step round a selection. */
function steps(schema: GraphQLSchema, name: string, isOwn: boolean): [string, (inner: string) => string][] {
  const type = schema.getType(name)
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  const narrowed = isInterfaceType(type) ? schema.getPossibleTypes(type) : []
  const isMain = (one: GraphQLField<unknown, unknown>) => one.name === (isOwn ? 'me' : 'citizen')
  return [
    ...Object.values(type.getFields())
      .filter((one) => isOwn || one.name !== 'me')
      .toSorted((a, b) => Number(isMain(b)) - Number(isMain(a)))
      .map((one): [string, (inner: string) => string] => [
        getNamedType(one.type).name,
        (inner) => `${one.name}${argumentsOf(one)} { ${inner} }`,
      ]),
    ...narrowed.map((one): [string, (inner: string) => string] => [
      one.name,
      (inner) => `... on ${one.name} { ${inner} }`,
    ]),
    ...(isObjectType(type)
      ? type.getInterfaces().map((one): [string, (inner: string) => string] => [one.name, (inner) => inner])
      : []),
  ]
}

function written(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type)
  const inner = isObjectType(type) || isInterfaceType(type) ? ' { __typename }' : ''
  return `${field.name}${argumentsOf(field)}${inner}`
}

function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter((one) => isRequiredArgument(one) || one.name === 'first')
  return given.length === 0 ? '' : `(${given.map((one) => `${one.name}: ${valueOf(one.name, one.type)}`).join(', ')})`
}

function valueOf(name: string, type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueOf(name, type.ofType)
  if (isListType(type)) return `[${valueOf(name, type.ofType)}]`
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null'
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${needed.map((one) => `${one.name}: ${valueOf(one.name, one.type)}`).join(', ')} }`
  }
  const ofType: Readonly<Record<string, string>> = {
    Int: '1',
    Boolean: 'true',
    PersonalId: '"901085000101"',
    Date: '"2026-01-01"',
    DateTime: '"2026-01-01T00:00:00Z"',
  }
  return seedValues[name] ?? ofType[type.name] ?? '"…"'
}
