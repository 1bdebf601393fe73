import { AUDIT_ACTIONS } from '../../src/audit/actions/index.js';

/** The page of the audit log's actions, for those who filter or process its events. */
export function auditPage(): string {
  const rows = Object.entries(AUDIT_ACTIONS).map(([action, text]) => `- \`${action}\`: ${text}`);
  return `# The audit log

Read by the query \`auditEvents\` and in the portal, and [delivered](audit-delivery.md) to a receiver of the operator's. Each event has a
machine-readable \`action\` that does not change between releases; new ones may come. \`outcome\` is SUCCEEDED, REFUSED or FAILED (nothing was refused; a server
did not answer), \`reason\` an [error code](errors.md) or a status of the schema.

\`changes\` has old and new values of what an action changed in settings, access rules, users and service tokens. Values are cut after 300 characters; of a
secret only "set", "not set" or "changed" is told.

Events of strangers, and registry logins, are counted (\`count\`) by action, outcome, reason, address block and minute; where a user name was
presented, by that name too. They name only users who exist: what was typed into a wrong field is not kept. Where the same wrong secret was refused before, it is
not looked up again, and the event names nobody. Events of refused passwords name nobody either.

## Actions

${rows.join('\n')}
`;
}
