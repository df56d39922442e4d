const MAX_STEM_LENGTH = 100;

/**
 * A `Content-Disposition` that offers an answer as a file, called as what it was made from but for the extension.
 * @param name as a client sent it: it may hold anything
 */
export function attachment(name: string, extension: string): string {
  const base = name.split(/[\\/]/u).at(-1) ?? '';
  const dot = base.lastIndexOf('.');
  const stem = [...(dot > 0 ? base.slice(0, dot) : base).replaceAll(/[\p{C}\p{Z}"]+/gu, ' ').trim()]
    .slice(0, MAX_STEM_LENGTH)
    .join('');
  const full = `${stem === '' ? 'audio' : stem}.${extension}`;
  const plain = full.replaceAll(/[^\w .()-]/gu, '_');
  const exact = encodeURIComponent(full).replaceAll(/['()*]/gu, escapeCharacter);
  return `attachment; filename="${plain}"${plain === full ? '' : `; filename*=UTF-8''${exact}`}`;
}

/** What `encodeURIComponent` leaves and RFC 8187 doesn't. */
function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
