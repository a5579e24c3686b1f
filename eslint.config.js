import graphql from '@graphql-eslint/eslint-plugin'

/**
 * Lints what oxlint can't read: the schemas of the subgraphs. Classes, owners and dictionary ids are checked by the
 * composition; here it is names and descriptions.
 */
const describable =
  ':matches(ObjectTypeDefinition, InterfaceTypeDefinition, UnionTypeDefinition, EnumTypeDefinition, ' +
  'InputObjectTypeDefinition, FieldDefinition, InputValueDefinition, EnumValueDefinition)'

const bothLanguages = [
  'error',
  {
    // Both sentences, each with its full stop.
    selector: `${describable}[description.type=StringValue]:not([description.value=/^[^]*[.?!;)] [A-Z0-9"][^]*\\.$/])`,
    message: 'A description is in both languages: "Tiếng Việt. English."',
  },
]

export default [
  {
    files: ['subgraphs/*/schema.graphql'],
    languageOptions: { parser: graphql.parser },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
          // What the roots are is plain; every subgraph adds to the same two.
          ignoredSelectors: ['ObjectTypeDefinition[name.value=/^(Query|Mutation)$/]'],
        },
      ],
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          Argument: 'camelCase',
          DirectiveDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
          'FieldDefinition[parent.name.value=Query]': {
            forbiddenPrefixes: ['query', 'get'],
            forbiddenSuffixes: ['Query'],
          },
        },
      ],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
      '@graphql-eslint/unique-enum-value-names': 'error',
      'no-restricted-syntax': bothLanguages,
    },
  },
  {
    // The classification's own words: their names carry the prefix of their @link.
    files: ['schema/directives.graphql'],
    languageOptions: { parser: graphql.parser },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/require-description': [
        'error',
        { types: true, InputValueDefinition: true, EnumValueDefinition: true, DirectiveDefinition: true },
      ],
      'no-restricted-syntax': bothLanguages,
    },
  },
]
