import { useAction } from '../../../api/use-action';
import { DeleteAccessRuleDocument, type RuleFragment } from '../../../generated/graphql';
import { Confirm } from '../../../ui/confirm';
import { words } from '../../../words';

interface DeleteRuleProps {
  readonly rule: RuleFragment;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks for confirmation before a rule is deleted. */
export function DeleteRule({ rule, onClose, onDone }: DeleteRuleProps) {
  const remove = useAction(DeleteAccessRuleDocument);
  const run = async () => {
    if (await remove.run({ input: { accessRuleId: rule.id } })) onDone();
  };
  return (
    <Confirm
      title={words.access.removeAsk(rule.repositoryPattern)}
      text={words.access.removeNote}
      action={words.access.remove}
      isDangerous
      {...remove}
      onConfirm={() => void run()}
      onCancel={onClose}
    />
  );
}
