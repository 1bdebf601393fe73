import autocannon from 'autocannon';

const CONNECTIONS = 10;
const LONGEST_SECONDS = 600;

/**
 * Sends requests to the token service at a steady rate until it is killed: with one right credential or, without a password,
 * with a different wrong one each time. It is a separate process, so that it takes no CPU time of the measuring one.
 */
function flood(url: string, perSecond: number, username: string, password?: string): void {
  let number = 0;
  const setupRequest = (request: autocannon.Request) => {
    const credentials = `${username}:${password ?? `wrong-${process.pid}-${number++}`}`;
    return { ...request, headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } };
  };
  const pace = { connections: CONNECTIONS, overallRate: perSecond, duration: LONGEST_SECONDS };
  autocannon({ url: `${url}/service/token?service=registry`, ...pace, requests: [{ setupRequest }] }, () => undefined);
}

const [url, perSecond, username, password] = process.argv.slice(2);
if (!url || !username) throw new Error('usage: flood.ts <url> <requests per second> <user name> [<password>]');
flood(url, Number(perSecond), username, password);
