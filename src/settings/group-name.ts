/** A group name as it is stored and compared, byte by byte: in NFC. */
export function groupNameOf(name: string): string {
  return name.normalize('NFC');
}
