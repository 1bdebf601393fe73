import { ask, attempt, element } from './api.js';

const PROFILE = `query Profile { me { username kind groups { name } } }`;
const SECRET = `query Secret { cliSecret { secret status } }`;
const GENERATE = `mutation Generate { generateCliSecret { cliSecret { secret status } } }`;
const LOGOUT = `mutation Logout { logout { redirectUrl } }`;

function show(cliSecret) {
  element('secret').textContent = cliSecret ? cliSecret.secret : 'There is none.';
  element('status').textContent = cliSecret ? `Status: ${cliSecret.status}` : '';
}

await attempt(async () => {
  const { me } = await ask(PROFILE);
  if (!me) return location.replace('/');
  const groups = me.groups.map(({ name }) => name).join(', ');
  element('about').textContent = `You are ${me.username}${groups ? `, in ${groups}` : ''}.`;
  if (me.kind !== 'OIDC') return;
  show((await ask(SECRET)).cliSecret);
  element('cli-secret').hidden = false;
});

element('generate').addEventListener('click', () =>
  attempt(async () => show((await ask(GENERATE)).generateCliSecret.cliSecret)),
);

element('logout').addEventListener('click', () =>
  attempt(async () => {
    const { logout } = await ask(LOGOUT);
    location.assign(logout.redirectUrl ?? '/');
  }),
);
