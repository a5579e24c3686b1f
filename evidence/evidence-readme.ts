/** How to verify an evidence pack on a machine that has none of this project; `kid` is the thumbprint of its key. */
export function evidenceReadme(kid: string, at: Date): string {
  return `# Evidence pack of ${at.toISOString()}

Who may read what in the graph of national databases, under which rules, and whether these were checked. Signed with the
Ed25519 key \`${kid}\` (JWK thumbprint, RFC 7638).

## Verify

With sha256sum (coreutils) and openssl 3, in the folder this archive was unpacked to. Each line must end well, the third
prints \`Signature Verified Successfully\`, the last prints nothing.

\`\`\`sh
set -eu
plain() { s=$(tr -d '\\n' | tr -- '-_' '+/'); while [ $((\${#s} % 4)) -ne 0 ]; do s="$s="; done; printf %s "$s" | base64 -d; }
work=$(mktemp -d)
sha256sum --quiet --check MANIFEST
cut -d. -f1,2 MANIFEST.jws | tr -d '\\n' > "$work/signed"
cut -d. -f3 MANIFEST.jws | plain > "$work/signature"
openssl pkeyutl -verify -pubin -inkey keys/manifest.pem -rawin -in "$work/signed" -sigfile "$work/signature"
cut -d. -f2 MANIFEST.jws | plain | cmp - MANIFEST
\`\`\`

That shows that nothing here changed since it was signed with \`keys/manifest.pem\`. Whose key that is, you must know from
elsewhere: the graph publishes its keys at \`/.well-known/jwks.json\`, and the operator can read the thumbprint above to you.
A file that is in no line of MANIFEST is not part of the evidence.

With Node 20 or later, and nothing else:

\`\`\`sh
node verify.mjs log-keys.json
\`\`\`

checks the same, and that the bundle is the one two people signed, the certificate what \`checks/\` says, each proof in \`log/\`
in the log, and each export in it whole (up to 500 MB; a larger one, and what a witness saw, is checked by the project's
\`access log verify\`). \`log-keys.json\` is the published key set, saved when you had reason to trust it; without it the log is
checked by the keys that came along. The script is part of the archive: who trusts it only after reading it finds 200 lines.

## What is here

- \`bundle/\`: the rules, purposes, classes and statements in force, as files and as one \`bundle.json\`; the schema.
- \`approval/\`: who approved them (\`approvals.yaml\`), with whose keys, and the decision records that say why.
- \`matrix/\`: every way to every field, as CSV and as a page.
- \`checks/\`: coverage (also as a signed certificate), the statements over the whole space, and test results if given.
- \`cedar/\`: the same rules for another engine, with its schema.
- \`log/\`: what was given of the disclosure log: exports, heads, proofs. No subject's name or number is in it.

The certificate \`checks/coverage.jws\` and the signatures of \`approval/approvals.yaml\` are JWS too and verify in the same
way; the keys of the latter are in \`approval/approvers.yaml\`. An approval names the SHA-256 of \`bundle/bundle.json\` in
canonical form (RFC 8785).
`
}
