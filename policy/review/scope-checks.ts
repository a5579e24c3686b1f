import type { Caller } from '../caller.ts'
import type { Rule } from '../rule.ts'
import type { DecisionStep, FieldClass, Level } from '../types.ts'
import type { Words } from './words.ts'

/** Something a rule speaks of that this caller or field is not. */
export type ScopeMiss = { step: DecisionStep; asked: Words; found: Words }

type ScopeName = keyof Rule['scope']

const scopes: Readonly<Record<ScopeName, { step: DecisionStep } & Words>> = {
  kinds: { step: 'caller', vi: 'loại người hỏi', en: 'kind of caller' },
  organisationKinds: { step: 'caller', vi: 'loại tổ chức', en: 'kind of organisation' },
  roles: { step: 'caller', vi: 'vai trò', en: 'role' },
  delegated: { step: 'caller', vi: 'ứng dụng hỏi thay', en: 'an app acts for the caller' },
  purposes: { step: 'purpose', vi: 'mục đích', en: 'purpose' },
  levels: { step: 'classified', vi: 'mức', en: 'level' },
  domains: { step: 'classified', vi: 'cơ sở dữ liệu', en: 'database' },
  categories: { step: 'classified', vi: 'chỉ gồm loại', en: 'categories within' },
  anyCategory: { step: 'classified', vi: 'có một trong các loại', en: 'one of the categories' },
  types: { step: 'classified', vi: 'kiểu', en: 'type' },
  coordinates: { step: 'classified', vi: 'trường', en: 'field' },
}

/** Why a rule does not speak of this caller and field; empty exactly where it does. */
export function scopeMisses(rule: Rule, caller: Caller, field: FieldClass, level: Level): ScopeMiss[] {
  const categories = [...field.personal, ...field.inferring]
  const found: Readonly<Record<ScopeName, readonly string[]>> = {
    kinds: [caller.kind],
    organisationKinds: caller.orgKind === null ? [] : [caller.orgKind],
    roles: caller.roles,
    delegated: [String(caller.delegated)],
    purposes: [caller.purpose ?? 'NONE'],
    levels: [level],
    domains: [field.domain],
    categories,
    anyCategory: categories,
    types: [field.type],
    coordinates: [field.coordinate],
  }
  const misses = (Object.keys(scopes) as ScopeName[]).flatMap((name) => {
    const asked = askedOf(rule, name)
    const isIn = (value: string) => asked?.includes(value) ?? true
    const fits = asked === null || (name === 'categories' ? found[name].every(isIn) : found[name].some(isIn))
    return fits
      ? []
      : [{ step: scopes[name].step, asked: said(scopes[name], asked), found: said(scopes[name], found[name]) }]
  })
  return rule.effect === 'MASK' && field.mask === 'NULL' ? [...misses, withoutMask] : misses
}

function askedOf({ scope }: Rule, name: ScopeName): readonly string[] | null {
  const asked = scope[name]
  return asked === undefined ? null : typeof asked === 'boolean' ? [String(asked)] : asked
}

const said = ({ vi, en }: Words, values: readonly string[]): Words => {
  const listed = values.join(', ') || '-'
  return { vi: `${vi} ${listed}`, en: `${en} ${listed}` }
}

const withoutMask: ScopeMiss = {
  step: 'classified',
  asked: { vi: 'trường có dạng che', en: 'a field with a masked form' },
  found: { vi: 'không có dạng che', en: 'no masked form' },
}
