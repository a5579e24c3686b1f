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
