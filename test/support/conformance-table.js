/** Prints each module of the conformance tests with its outcome, as a table. */
export default class ConformanceTable {
  onRunComplete(_contexts, { testResults }) {
    const results = testResults.flatMap((file) => file.testResults).filter(({ status }) => status !== 'pending');
    const rows = results.flatMap(({ title, status }) => {
      const [, module, what] = /^(oidcc-[\w-]+): (.+)$/.exec(title) ?? [];
      return module === undefined ? [] : [{ module, outcome: status, what }];
    });
    if (rows.length === 0) return;
    rows.sort((one, other) => (one.module < other.module ? -1 : 1));
    const widest = Math.max(0, ...rows.map(({ module }) => module.length));
    const lines = rows.map(({ module, outcome, what }) => `${module.padEnd(widest)}  ${outcome}  ${what}`);
    const passed = rows.filter(({ outcome }) => outcome === 'passed').length;
    process.stdout.write(`\n${lines.join('\n')}\n\n${passed} of ${rows.length} modules passed\n`);
  }
}
