// Names and IPv4 addresses. In a policy, an IPv6 address matches nothing, and other characters could add to it.
const HOST = /^[a-z0-9.-]+$/;

/** The origin of a URL as a content security policy names it; null if it can't. */
export function policySourceOf(url: string): string | null {
  const { hostname, origin } = new URL(url);
  return HOST.test(hostname) ? origin : null;
}
