const SCHEME = /^([a-z][a-z0-9+.-]*):/i
const ALLOWED_SCHEMES = ['https', 'mailto', 'tel']
const HIDDEN_OR_BACKWARDS = /[\p{Cc}\p{Cf}\\]|^\s|\s$/u

/**
 * Whether a link may go there: a path, query or fragment of this site, or an https, mailto or tel
 * URL. `//host`, backslashes and control characters are not, as browsers read them as other hosts
 * or schemes. For URLs that people type, so that a fault can be shown instead of thrown.
 */
export function isSafeHref(url: string): boolean {
  if (HIDDEN_OR_BACKWARDS.test(url) || url.startsWith('//')) return false
  const scheme = SCHEME.exec(url)?.[1]
  return scheme === undefined || ALLOWED_SCHEMES.includes(scheme.toLowerCase())
}

/** The URL itself if `isSafeHref`; throws otherwise, and the message does not repeat the URL. */
export function safeHref(url: string): string {
  if (!isSafeHref(url)) throw new Error('A link was to go to a URL that is not allowed')
  return url
}
