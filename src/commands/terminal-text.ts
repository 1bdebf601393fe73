/** Characters that could move the cursor of a terminal, or hide or turn text: names and subjects are chosen elsewhere. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A text for a terminal; characters that do not show are replaced. */
export function terminalText(text: string): string {
  return text.replace(UNSAFE, '\ufffd');
}

/** A name in quotes, as messages show it; characters that do not show are escaped as in JSON. */
export function quoted(name: string): string {
  return JSON.stringify(name).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
