export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const DASH = 45;
export const COLON = 58;
export const GREATER = 62;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const BAR = 124;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const COMMA = 44;

/** Marks bytes: `A-Z` stands for a range, any other text for its characters. */
function table(...parts: readonly string[]): Uint8Array {
  const marks = new Uint8Array(256);
  for (const part of parts) {
    const isRange = part.length === 3 && part[1] === '-';
    if (isRange) marks.fill(1, part.charCodeAt(0), part.charCodeAt(2) + 1);
    else for (let at = 0; at < part.length; at++) marks[part.charCodeAt(at)] = 1;
  }
  return marks;
}

/** What an unquoted key may begin with here; YAML allows more, which is left to the exact reader. */
export const KEY_START: Uint8Array = table('A-Z', 'a-z', '0-9', '_./$(');

/** What may stand in an unquoted key, besides a colon that no space follows. */
export const KEY_BODY: Uint8Array = table(' -"', '$-9', ';-~');

/** What unquoted text may begin with: everything but YAML's indicators; `-` is looked at apart. */
export const PLAIN_START: Uint8Array = table('A-Z', 'a-z', '0-9', '_./$()+=~^\\;<', '\x80-\xff');

/** What may stand in unquoted text without a second look. */
export const PLAIN_BODY: Uint8Array = table(' -"', '$-9', ';-~', '\x80-\xff');

/** What may stand between double quotes without a second look. */
export const DOUBLE_BODY: Uint8Array = table(' !', '#-[', ']-\xff');

/** The characters that may follow a backslash, other than `x`, `u`, `U` and a line break. */
export const ESCAPABLE: Uint8Array = table('0abt\tnvfre "/\\N_LP');

/** Unquoted text inside a flow collection, for the simple ones that are read here. */
export const FLOW_PLAIN: Uint8Array = table('A-Z', 'a-z', '0-9', '_./@%+=~$;^-');
