/** What stands beside the exported policies: the mapping, for somebody who knows Cedar and not this project. */
export function cedarReadme(hash: string): string {
  return `# Rules, purposes and classes as Cedar policies

Exported from the bundle ${hash}. \`policies.cedar\` holds one policy a rule with its title, legal basis and citation as
annotations; \`schema.cedarschema\` is their schema; \`fields.json\` holds every field of the graph as an entity.
\`cedar validate --schema schema.cedarschema --policies policies.cedar\` checks them.

A decision of the graph has five outcomes, one of Cedar two. So an outcome is an action, and the most open action that is
allowed is the outcome:

| action | outcome | who permits it |
|---|---|---|
| \`read\` | ALLOW | rules with effect ALLOW, and \`structure\` (page info, sealed ids) |
| \`readMasked\` | MASK | rules with effect MASK, on fields that have a mask |
| \`verify\` | VERIFY_ONLY | rules with effect VERIFY_ONLY |
| \`aggregate\` | AGGREGATE_ONLY | rules with effect AGGREGATE_ONLY |
| \`verifyByConsent\` | VERIFY_ONLY | rules that need a consent (\`--verify\`), where the consent is to verify alone |
| none | DENY | |

- \`anything\` is allowed wherever one of the others may be; asking it first saves five questions.
- A rule with effect DENY forbids every action but on structure. \`purpose-…\` forbids everything to whoever may not state
  the purpose. \`never-in-the-graph\` forbids level L5.
- \`…--volume\`: a grant that counts people ends past the thresholds of QĐ 20/2025/QĐ-TTg, and nothing lesser takes its place.
- \`…--nearer\`: where a rule without consent fails later in the order of the decision, its refusal is the one that is told.
- The principal is who asks, the resource the field, the context the sign-in and what is known of the row. "NONE" stands
  for no organisation and no purpose. \`childLevel\` is the level where the row is a child's.

Codes and citations of refusals are not modelled: Cedar says that something is denied, the graph also says what is missing.
`
}
