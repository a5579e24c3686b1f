import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { dayFromIso } from './calendar.ts'
import type { Draft, Growth, HouseholdDraft } from './draft.ts'
import type { Place, Reference } from './reference.ts'
import type { Domain } from './types.ts'

const iso = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const member = z.strictObject({
  key: z.string(),
  persona: z.string().optional(),
  id: z.string().regex(/^9\d{5}000\d{3}$/),
  name: z.string(),
  sex: z.enum(['MALE', 'FEMALE']),
  sexChanged: z.boolean().default(false),
  born: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  died: iso.optional(),
  missing: iso.optional(),
  /** Country of birth, when it isn't Viet Nam. */
  abroad: z.string().length(2).optional(),
  ethnicity: z.string().default('01'),
  religion: z.string().default('00'),
  relation: z.enum(['HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDCHILD', 'SIBLING', 'OTHER']),
  marital: z.enum(['SINGLE', 'MARRIED', 'DIVORCED', 'WIDOWED']),
  spouse: z.string().optional(),
  father: z.string().optional(),
  mother: z.string().optional(),
  guardians: z.array(z.string()).default([]),
  represented: z.boolean().default(false),
  fixed: z
    .strictObject({
      otherName: z.string().optional(),
      occupation: z.string().nullable().optional(),
      employed: z.boolean().optional(),
      insuranceGroup: z.string().length(2).optional(),
      bloodType: z.string().optional(),
      nationalities: z.array(z.string()).optional(),
      disability: z.strictObject({ form: z.string(), degree: z.enum(['SPECIAL', 'SEVERE', 'MILD']) }).optional(),
      absentFrom: z.array(z.enum(['population', 'land', 'health', 'social-security', 'consent'])).optional(),
    })
    .default({}),
})
const household = z.strictObject({
  commune: z.string().length(5),
  address: z.string(),
  settled: z.boolean().default(true),
  currentProvince: z.string().optional(),
  poverty: z.enum(['NONE', 'NEAR_POOR', 'POOR']).default('NONE'),
  members: z.array(member),
})

type Member = z.infer<typeof member>

/** The file's households, checked. Throws when it breaks the shape above. */
export function loadFixedPeople(): readonly z.infer<typeof household>[] {
  return z.array(household).parse(parse(readFileSync(new URL('fixed-people.yaml', import.meta.url), 'utf8')))
}

/** The named people of personas and edge cases as households, arranged and ready to be finished. */
export function fixedHouseholds(
  reference: Reference,
  newHousehold: (growth: Growth, place: Place, permanent: Place) => HouseholdDraft,
  growth: Growth,
): void {
  for (const spec of loadFixedPeople()) {
    const place = placeOf(reference, spec.commune)
    const draft = newHousehold(growth, place, place)
    draft.addressLine = spec.address
    draft.settled = spec.settled
    draft.poverty = spec.poverty
    const byKey = new Map<string, Draft>()
    for (const one of spec.members) {
      const person = draftFromMember(one, draft)
      if (spec.currentProvince !== undefined) person.fixed.currentProvince = spec.currentProvince
      byKey.set(one.key, person)
      draft.members.push(person)
    }
    for (const one of spec.members) connect(one, byKey)
  }
}

function draftFromMember(spec: Member, home: HouseholdDraft): Draft {
  const words = spec.name.split(' ')
  const { absentFrom, otherName, disability, ...rest } = spec.fixed
  const fixed = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return {
    sex: spec.sex,
    bornDay: dayFromIso(spec.born),
    bornPrecision: spec.born.length === 4 ? 'YEAR' : spec.born.length === 7 ? 'MONTH' : 'DAY',
    diedDay: spec.died === undefined ? null : dayFromIso(spec.died),
    missingDay: spec.missing === undefined ? null : dayFromIso(spec.missing),
    sexChanged: spec.sexChanged,
    surname: words[0] ?? '',
    givenName: words.at(-1) ?? '',
    fullName: spec.name,
    ethnicity: spec.ethnicity,
    religion: spec.religion,
    home: home.place,
    birthPlace: spec.abroad === undefined ? home.place : null,
    birthCountry: spec.abroad ?? 'VN',
    marital: spec.marital,
    father: null,
    mother: null,
    spouse: null,
    children: [],
    guardians: [],
    represented: spec.represented,
    household: home,
    relation: spec.relation,
    fixed: {
      ...fixed,
      personalId: spec.id,
      persona: spec.persona ?? null,
      otherName: otherName ?? null,
      disability: disability ?? null,
      absentFrom: new Set<Domain>(absentFrom),
    },
  }
}

function connect(spec: Member, byKey: ReadonlyMap<string, Draft>): void {
  const named = (key: string): Draft => {
    const person = byKey.get(key)
    if (person === undefined) throw new RangeError(`fixed-people.yaml: nobody is called ${key}`)
    return person
  }
  const person = named(spec.key)
  if (spec.spouse !== undefined) person.spouse = named(spec.spouse)
  if (spec.father !== undefined) person.father = named(spec.father)
  if (spec.mother !== undefined) person.mother = named(spec.mother)
  for (const parent of [person.father, person.mother]) parent?.children.push(person)
  person.guardians = spec.guardians.map(named)
}

function placeOf(reference: Reference, commune: string): Place {
  const place = reference.placeByCommune.get(commune)
  if (place === undefined) throw new RangeError(`fixed-people.yaml: no commune ${commune}`)
  return place
}
