import type { CodegenConfig } from '@graphql-codegen/cli'

/**
 * Client types of the public schema for the examples in docs/guides, as a frontend team would generate its own. Run by
 * `npm run generate`. The options stand on the output: the preset ignores them at the root.
 */
const config: CodegenConfig = {
  schema: 'schema/api.graphql',
  documents: ['docs/guides/**/*.ts', '!docs/guides/generated/**'],
  ignoreNoDocuments: true,
  generates: {
    'docs/guides/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      config: {
        useTypeImports: true,
        importExtension: '.ts',
        emitLegacyCommonJSImports: false,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          Date: 'string',
          DateTime: 'string',
          Decimal: 'string',
          Money: 'number',
          PartialDate: 'string',
          PersonalId: 'string',
          YearMonth: 'string',
        },
      },
    },
  },
}

export default config
