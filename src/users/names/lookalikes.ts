import { fold } from '../../common/text/case-folding.js';

const LONGEST_SKELETON = 255;

/**
 * Letters, digits and marks that look like an ASCII letter, or almost, strokes and hooks included, in the form in
 * which names are folded. From the prototypes of confusables.txt (UTS #39, version 18; Unicode License V3).
 */
const DRAWN_LIKE: Readonly<Record<string, string>> = {
  a: 'ɑαаᗅꓮꭤ𐊠𖽀',
  b: 'ƀƃɓѣҍߕᑲᑳᖯᗷꓐꕗ𐊂𐊡𐌁𐌜',
  c: 'ȼсҫငၚᲃᴄⲥꓚꮯ𐊢𐌂𐐽𐔛𑣩𑣲',
  d: 'đƌɖɗԁᑯᗞᗪꓒꓓ𐆋',
  e: 'ɇеҽҿⴹꓰꗋꬲ𐊆',
  f: 'ƒʄքߓᖴᵮẝꓝꞙꬵ𐊇𐊥𐔥𑣂',
  g: 'ƍǥɠɡցᶃꓖ',
  h: 'ħɦћһհᕼꓧꚕ𐋏',
  i: 'ıɨɩɪιіւᵻᵼⲓꙇꭵ𑣃',
  j: 'ȷɉɟϳјյᒍꓙ',
  k: 'ƙᛕꓗ𐔘',
  l: 'łƚǀɫɭӏוןا١ٳ۱ߊᒪᛁᛅᛐⵊⵏꓡꓲꕯꞁꟾ꠰𐊊𐌉𐌠𐔎𐔦𐤦𐰾𐳺𑷚𑷡𖫤𖵣𖼖𖼨𝍷𞅁𞣇𞴁',
  m: 'ɱՠᗰᛖᵯꓟꭑ𐊰𐌑𐰡𑜀𑣣',
  n: 'ŋƞɲɳηղոռᵰꓠ𐔓𑪾',
  o: 'øɵθοσϭоѳөօסةه٥ھہۃە۵ۿ߀ߋࡀ०০੦૦ଠ୦௦ం౦ಂ೦ംഠ൦ං๐໐တဝ၀თჿᄋᆼዐፀ០ᨲᩅ᪀᪐ᯪᲂᴏᴑⲑⲟⴱⵁⵔ〇ꓳꚢꝋꬽꬾꭴꮎꮻ𐊒𐊫𐌏𐐬𐓪𐔖𐔞𐤬𐰗𐴇𑄖𑄤𑌂𑓐𑣈𑣗𑣠𑷠𖦛𖫩𖺀𞅀𞋰',
  p: 'þƥƿρϸрᑭᵽⲣⳏꓑ𐊕',
  q: 'ʠԛգզⵕ',
  r: 'ɍɼɽгғᖇᴦᵲⲅꓣꭇꭈꮁ𖨙𖼵',
  s: 'ƽʂѕടჽᵴꓢꕶꜱꮪ𐊖𐑈𑣁𖫖𖼺',
  t: 'ŧƫƭߠᵵㄒ丅ꓔꔋ𐊗𐊱𐌕𖼊𝍳',
  u: 'ʋυџսሀᑌᴜᵾꓴꞟꭎꭒꮜ𐓶𑣘𖽂',
  v: 'νѵט٧۷ᐯᴠⴸꓦꛟꮩ𐔝𐰟𑜆𑣀𖼈𞅅',
  w: 'ɯшѡѽԝաᴡⲽꓪꝡꟺꮃꮤ𑓅𑜊𑜎𑜏𑣦𑣯',
  x: 'хᕁᕽᚷᝣᯬᳵⵝꓫ𐊐𐊴𐌗𐌢𐔧𐰓𐳂𐳼𑣬',
  y: 'ƴɏɣʏγуүұߌყᶌỿⲩㄚ丫ꓬꚲꭚ𐊲𐰠𑣄𑣜𖽃',
  z: 'ƶȥʐᴢᵶⱬⲍⴭꓜꛉꮓ𐋵𐔇𑣥𑪼',
};

/** Small capitals: UTS #39 keeps them apart, but people confuse them. */
const SMALL_CAPITALS: Readonly<Record<string, string>> = {
  ...{ a: 'ᴀ', b: 'ʙ', d: 'ᴅ', e: 'ᴇ', g: 'ɢ', h: 'ʜ', j: 'ᴊ', k: 'ᴋ', l: 'ʟ', m: 'ᴍ', n: 'ɴ', p: 'ᴘ', r: 'ʀ', t: 'ᴛ' },
};

const LETTERS = new Map(
  [DRAWN_LIKE, SMALL_CAPITALS].flatMap((table) =>
    Object.entries(table).flatMap(([letter, alike]) => [...alike].map((character) => [character, letter] as const)),
  ),
);

/** `m` counts as `rn`, which looks the same. The rest of ASCII stays as it is, because people can tell it apart. */
const PROTECTED = { name: 'admin', skeleton: 'adrnin' };

/**
 * Letters of living alphabets, such as Danish, Croatian, Polish, Maltese, Icelandic, Sámi and Hausa, that are ASCII letters
 * with a stroke or a hook. They are common in real names and not confused there; UTS #39 keeps them apart too.
 */
const OF_ALPHABETS = new Set('øđłħŧþŋɓɗƙƴ');

/**
 * The skeleton (UTS #39, section 4) of the folded name: how it looks to a reader of ASCII. Two different ASCII names never
 * have the same skeleton.
 */
export function skeletonOf(name: string): string {
  return replaceLetters(name, (letter) => (OF_ALPHABETS.has(letter) ? letter : bareLetter(letter)));
}

/** The skeleton that is stored for later comparisons; null if it equals the folded name, or is too long. */
export function storedSkeleton(name: string): string | null {
  const skeleton = skeletonOf(name);
  return skeleton === fold(name) || [...skeleton].length > LONGEST_SKELETON ? null : skeleton;
}

/** Whether a name looks like the built-in administrator's, or almost, and is a different one. */
export function looksLikeAdmin(name: string): boolean {
  if (fold(name) === PROTECTED.name) return false;
  const bare = replaceLetters(name, bareLetter).normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replaceAll('m', 'rn') === PROTECTED.skeleton;
}

const bareLetter = (letter: string) => LETTERS.get(letter) ?? letter;

function replaceLetters(name: string, letterFor: (letter: string) => string): string {
  const letters = [...fold(name).normalize('NFD')].map(letterFor);
  // These letters have a dot already (Unicode, Soft_Dotted).
  return letters
    .join('')
    .replace(/([ij])\u0307+/g, '$1')
    .normalize('NFC');
}
