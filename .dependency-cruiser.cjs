module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'provider-speaks-protocol-only',
      severity: 'error',
      from: { path: '^src/oidc/provider/' },
      to: { path: '^src/', pathNot: '^src/(common|oidc/provider)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^src',
  },
};
