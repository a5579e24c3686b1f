import type { PersonalClass, Thresholds } from '../../../policy/volume.ts'
import { relativeError } from './sketch.ts'

/** What is counted of whom: one sketch a bucket. */
export type MeterId = {
  organisation: string
  /** '' is all purposes without a budget of their own. */
  purpose: string
  /** The log's code of a person or system; '' is everybody of the organisation. */
  caller: string
  counted: PersonalClass | 'PERSONS'
  span: Span
}

/** The same with what it is held against. */
export type Meter = MeterId & {
  /** The purpose this reading stated: an approval is for one purpose. */
  stated: string
  limits: Thresholds
  /** Subjects a process may count ahead of telling the others. */
  block: number
  /** Subjects it may count before it asks the store anything. */
  alone: number
}

/** The longest bucket of a meter: with `month`, a year is held against the thresholds, which holds any day and month of it. */
export type Span = 'minute' | 'hour' | 'month'

const hourMs = 3_600_000

/** `grains`: buckets from the shortest to the longest. `windowMs`: what is held against a threshold, in whole buckets. */
export const spans: Readonly<Record<Span, { grains: readonly string[]; shortestMs: number; windowMs: number }>> = {
  minute: { grains: ['minute'], shortestMs: 60_000, windowMs: 0 },
  hour: { grains: ['hour'], shortestMs: hourMs, windowMs: 0 },
  month: { grains: ['hour', 'day', 'month'], shortestMs: hourMs, windowMs: 365 * 24 * hourMs },
}

/** Thresholds less three standard errors: what is at a threshold is found above this 999 times in 1,000. */
export function withinError({ important, core }: Thresholds): Thresholds {
  const less = (limit: number): number => Math.max(1, Math.floor(limit * (1 - 3 * relativeError)))
  return { important: less(important), core: less(core) }
}

/** The same for two meters whose sketches are the same. */
export function meterKey({ organisation, purpose, caller, counted, span }: MeterId): string {
  return `${organisation}|${purpose}|${caller}|${counted}|${span}`
}
