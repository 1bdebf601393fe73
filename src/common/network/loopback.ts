/** Whether a URL's host is a loopback address or `localhost`, the only hosts for which plain http is accepted. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}
