/** Where the label of one type of audit target is read. The folder that owns the table declares it. */
export interface AuditLabelSource {
  /** The type of the target or actor, such as `user`. */
  readonly type: string;
  /** The table, whose primary key is the column `id`. */
  readonly table: string;
  readonly column: string;
}

/** The token of the label sources that the audit module is given. */
export const AUDIT_LABELS = Symbol('audit labels');
