/** How long is measured: a quick run says whether something is far off, a full one what it is. */
export type Round = {
  rounds: number
  /** Seconds before each measurement, and of it. */
  warm: number
  seconds: number
  /** Answers of each candidate that are compared, a workload; people whom each persona of the mix asks about. */
  compared: number
  people: number
}

export const quickRound: Round = { rounds: 1, warm: 0.1, seconds: 0.6, compared: 2, people: 8 }
export const fullRound: Round = { rounds: 3, warm: 1.5, seconds: 5, compared: 10, people: 40 }
export const width = 16
