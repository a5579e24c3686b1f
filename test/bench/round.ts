/** How long is measured: a quick run says whether something is far off, a full one what it is. */
export type Round = {
  rounds: number
  /** Seconds of each measurement. */
  seconds: number
  /** What comes before each measurement (warm-up.ts). */
  warm: Warm
  /** Answers of each candidate that are compared, a workload; people whom each persona of the mix asks about. */
  compared: number
  people: number
}

/** Seconds of one slice of a warm-up, requests that it has at least, and seconds after which it ends in any case. */
export type Warm = { slice: number; requests: number; atMost: number }

export const quickRound: Round = {
  rounds: 1,
  seconds: 0.6,
  warm: { slice: 0.2, requests: 50, atMost: 1.2 },
  compared: 2,
  people: 4,
}
export const fullRound: Round = {
  rounds: 3,
  seconds: 4,
  warm: { slice: 1, requests: 200, atMost: 7 },
  compared: 10,
  people: 40,
}
export const width = 16
