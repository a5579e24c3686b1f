/** THE registry: one line a database. Everything else iterates it (registry.ts). */
export { default as catalogue } from './catalogue/index.ts'
export { default as consent } from './consent/index.ts'
export { default as health } from './health/index.ts'
export { default as land } from './land/index.ts'
export { default as node } from './node/index.ts'
export { default as oversight } from './oversight/index.ts'
export { default as population } from './population/index.ts'
export { default as socialSecurity } from './social-security/index.ts'
