import { createHash } from 'node:crypto';
import { escaped, pageOf } from './page.js';
import { policySourceOf } from './policy-source.js';

/** A form that the browser sends to another server. */
export interface OutgoingForm {
  /** An https URL, or http on a loopback address. */
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** The words of the page, for browsers without scripts. */
export interface FormWords {
  readonly title: string;
  readonly text: string;
  readonly button: string;
}

const SUBMIT = 'document.forms[0].submit()';
const SCRIPT = `'sha256-${createHash('sha256').update(SUBMIT).digest('base64')}'`;

/** A page whose form submits itself, or by its button where scripts are off. */
export function formPage(
  { action, fields }: OutgoingForm,
  { title, text, button }: FormWords,
  basePath: string,
): string {
  const inputs = fields.map(
    ([name, value]) => `      <input type="hidden" name="${escaped(name)}" value="${escaped(value)}">\n`,
  );
  const main = `    <h1>${escaped(title)}</h1>
    <p>${escaped(text)}</p>
    <form method="post" action="${escaped(action)}">
${inputs.join('')}      <button type="submit">${escaped(button)}</button>
    </form>
    <script>${SUBMIT}</script>`;
  return pageOf(main, basePath);
}

/** Whether a content security policy can name the host of a URL, as {@link formPageHeaders} does. */
export function canBeFormTarget(action: string): boolean {
  return policySourceOf(action) !== null;
}

/**
 * The headers of such a page instead of the usual ones: it runs that one script, and submits to that one origin. Chromium
 * asks the policy again at each redirect of the form's answer: this origin is there for the way back, and https for servers
 * that pass the browser on to another one, as a provider does at which people log in by a third. Some servers refuse a form
 * without an origin, which the usual referrer policy would hide.
 */
export function formPageHeaders({ action }: OutgoingForm): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `script-src ${SCRIPT}`,
    "style-src 'self'",
    `form-action 'self' ${policySourceOf(action) ?? ''} https:`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join(';'),
    'referrer-policy': 'strict-origin',
    'cache-control': 'no-store',
  };
}
