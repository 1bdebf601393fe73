import { ask, attempt, element, onSubmit } from './api.js';

const OPTIONS = `query LoginOptions($returnTo: String) {
  me { id }
  loginOptions { oidcProvider { name loginUrl(returnTo: $returnTo) } }
}`;
const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) { user { id } } }`;

await attempt(async () => {
  const { me, loginOptions } = await ask(OPTIONS, { returnTo: '/profile' });
  if (me) return location.replace('/profile');
  const provider = loginOptions.oidcProvider;
  if (!provider) return;
  const link = element('provider-link');
  link.href = provider.loginUrl;
  link.textContent = `Login via OIDC Provider (${provider.name})`;
  element('provider').hidden = false;
  element('local-title').textContent = 'For the administrator';
});

onSubmit('local', async ({ username, password }) => {
  await ask(LOGIN, { input: { username: username.value, password: password.value } });
  location.assign('/profile');
});
