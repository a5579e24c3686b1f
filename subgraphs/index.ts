/** THE registry: one line a database. Everything else iterates it (registry.ts). */
export { default as catalogue } from './catalogue/index.ts'
export { default as node } from './node/index.ts'
