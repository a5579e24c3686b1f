/** The candidates, as goals and report know them. */
export const names = {
  whole: 'this project, one process',
  remote: 'this project, remote subgraphs',
  open: 'this project, enforcement off',
  unlogged: 'this project, log to nowhere',
  stockRemote: '@apollo/gateway, remote',
  stockLocal: '@apollo/gateway, local',
  hive: 'Hive gateway',
  hiveRust: 'Hive gateway, Rust planner',
  hand: 'hand-written handler',
} as const

export type Name = (typeof names)[keyof typeof names]

/** Those of a quick run: this project both ways, what there is without enforcement, and of the peers the faster and the limit. */
export const quickNames: readonly Name[] = [
  names.whole,
  names.remote,
  names.open,
  names.stockRemote,
  names.hiveRust,
  names.hand,
]
