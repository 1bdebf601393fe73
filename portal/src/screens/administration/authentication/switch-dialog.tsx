import type { AuthMode } from '../../../generated/graphql';
import { Confirm } from '../../../ui/confirm';
import { words } from '../../../words';

interface SwitchDialogProps {
  readonly mode: AuthMode;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Explains the effects before the auth mode is switched. */
export function SwitchDialog({ mode, onConfirm, onCancel }: SwitchDialogProps) {
  const { authentication } = words;
  const effects = mode === 'OIDC' ? authentication.switchToOidc : authentication.switchToDatabase;
  const text = (
    <ul>
      {effects.map((effect) => (
        <li key={effect}>{effect}</li>
      ))}
    </ul>
  );
  return (
    <Confirm
      title={authentication.switchTitle(authentication.modes[mode])}
      text={text}
      action={authentication.switchDo}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}
