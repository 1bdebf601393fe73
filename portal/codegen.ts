import type { CodegenConfig } from '@graphql-codegen/cli';

/** Generates the types of all GraphQL documents of the portal from the server's schema. */
const config: CodegenConfig = {
  schema: ['../schema.graphql'],
  documents: 'src/**/*.graphql',
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { DateTime: 'string', Secret: 'string' },
      },
    },
  },
};

export default config;
