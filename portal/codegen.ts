import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of every document that the portal sends, made from the schema that the server publishes. */
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
