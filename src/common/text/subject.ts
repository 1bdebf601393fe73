/** Whether a text is a subject as OpenID providers send it: 1 to 255 ASCII characters (OIDC Core 1.0, section 2). */
export function isSubject(text: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(text);
}
