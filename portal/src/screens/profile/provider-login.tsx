import { Fact } from '../../ui/fact';
import { Card } from '../../ui/page';
import { words } from '../../words';
import type { ProfileUser } from './profile-user';

/** As whom the provider knows the user. */
export function ProviderLogin({ user }: { user: ProfileUser }) {
  const identity = user.oidcIdentity;
  if (!identity) return null;
  return (
    <Card title={words.profile.providerLogin}>
      <dl className="facts">
        <Fact name={words.profile.issuer}>{identity.issuer}</Fact>
        <Fact name={words.profile.subject}>{identity.subject}</Fact>
      </dl>
    </Card>
  );
}
