/** A place in braces, as in `https://login.microsoftonline.com/{tenantid}/v2.0`; in a URL also percent-encoded. */
const PLACE = /[{}]|%7[BD]/i;

/** The addresses of Microsoft Entra ID that all tenants share, by which no tenant issues tokens. */
const OF_EVERY_TENANT =
  /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn|microsoft\.com|windows\.net)(:443)?\/(common|organizations|consumers)(\/|$)/i;

/** Whether an issuer is the template of many issuers, as in the documents that all tenants of Microsoft Entra ID share. */
export function isTemplate(issuer: string): boolean {
  return PLACE.test(issuer);
}

/** Whether a URL stands for the issuers of many tenants: a template, or a shared address of Microsoft Entra ID. */
export function isOfEveryTenant(url: string): boolean {
  return isTemplate(url) || OF_EVERY_TENANT.test(url);
}

/** What to set instead, as the end of a sentence. */
export const OWN_TENANT =
  'the issuer of your own tenant: at Microsoft Entra ID https://login.microsoftonline.com/TENANT-ID/v2.0, with the directory (tenant) ID.';
