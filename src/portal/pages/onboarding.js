import { ask, attempt, element, onSubmit } from './api.js';

const PENDING = `query Pending { pendingOnboarding { providerName suggestedUsername email } }`;
const AVAILABILITY = `query Availability($username: String!) {
  usernameAvailability(username: $username) { available problem suggestion }
}`;
const ONBOARD = `mutation Onboard($input: OnboardInput!) { onboard(input: $input) { redirectUrl } }`;

const field = element('onboard').elements.username;

await attempt(async () => {
  const { pendingOnboarding } = await ask(PENDING);
  if (!pendingOnboarding) throw new Error('No login waits for a user name in this browser. Log in again.');
  const { providerName, email, suggestedUsername } = pendingOnboarding;
  const who = email ? ` as ${email}` : '';
  element('about').textContent =
    `You have logged in with ${providerName}${who} for the first time. The name you choose stays.`;
  field.value = suggestedUsername ?? '';
});

field.addEventListener('change', () =>
  attempt(async () => {
    const { usernameAvailability } = await ask(AVAILABILITY, { username: field.value });
    const { available, suggestion } = usernameAvailability;
    const instead = suggestion ? ` ${suggestion} is free.` : '';
    element('availability').textContent = available ? 'This name is free.' : `This name can't be used.${instead}`;
  }),
);

onSubmit('onboard', async () => {
  const { onboard } = await ask(ONBOARD, { input: { username: field.value } });
  location.assign(onboard.redirectUrl === '/' ? '/profile' : onboard.redirectUrl);
});
