import { Stack, Tabs } from '@mantine/core';
import { useSearchParameter } from '../../../routing/search-parameter';
import { words } from '../../../words';
import { Mode } from './mode';
import { ProtectionFields } from './protection-fields';
import { ProviderFields } from './provider-fields';
import { SignInFields } from './sign-in-fields';
import type { ConfigurationForm } from './use-configuration-form';

const FIRST = 'authentication';
const TABS: readonly (readonly [name: keyof typeof words.configuration.tabs, Fields: typeof SignInFields])[] = [
  [FIRST, AuthenticationFields],
  ['sign-in', SignInFields],
  ['protection', ProtectionFields],
];

/** All fields of the form, in tabs. The fields of the tabs that are not shown stay as they are. */
export function FormTabs({ form }: { form: ConfigurationForm }) {
  const [wanted, setTab] = useSearchParameter('tab');
  const { tabs, tabsLabel } = words.configuration;
  const shown = TABS.some(([name]) => name === wanted) ? wanted : FIRST;
  return (
    <Tabs
      value={shown}
      onChange={(name) => setTab(name === FIRST ? '' : (name ?? ''))}
      // What runs in a tab goes on while another one is shown, such as a test login.
      keepMountedMode="display-none"
    >
      <Tabs.List aria-label={tabsLabel} mb="md">
        {TABS.map(([name]) => (
          <Tabs.Tab key={name} value={name}>
            {tabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map(([name, Fields]) => (
        <Tabs.Panel key={name} value={name}>
          <Stack gap="md">
            <Fields form={form} />
          </Stack>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function AuthenticationFields({ form }: { form: ConfigurationForm }) {
  return (
    <>
      <Mode form={form} />
      <ProviderFields form={form} />
    </>
  );
}
