const decoder = new TextDecoder()
const latin = new TextDecoder('windows-1252')
/** Longer letters are not read: whose words are not known is held all the same. */
const longest = 2_000_000
const blocks =
  /^\/?(?:p|div|br|tr|li|ul|ol|table|t[dh]|dt|dd|h[1-6]|section|article|header|footer|hr)\b/i
const unseen = /^(script|style|head|template)\b/i
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  pound: '£',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
}

/**
 * The words of a letter in plain text, HTML or RTF; `undefined` for any other kind of content, and
 * for more than 2 MB. In time that grows with the length and no faster, whatever the bytes are. Words
 * that a browser would not show are among them where they may have been meant: comments of HTML and
 * hidden text of RTF are left out, hidden elements are not.
 */
export function wordsOfLetter(contentType: string, bytes: Uint8Array): string | undefined {
  if (bytes.length > longest) return undefined
  const kind = contentType.split(';')[0]?.trim().toLowerCase()
  if (kind === 'text/plain') return decoder.decode(bytes)
  if (kind === 'text/html' || kind === 'application/xhtml+xml')
    return wordsOfHtml(decoder.decode(bytes))
  if (kind === 'text/rtf' || kind === 'application/rtf') return wordsOfRtf(latin.decode(bytes))
  return undefined
}

/** The words of a page of HTML, each block on its own line. */
function wordsOfHtml(html: string): string {
  return withoutTags(html).replaceAll(
    /&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi,
    (whole, name: string) => entityOf(whole, name),
  )
}

/** What stands between tags. A tag or comment that nothing ends is text like any other. */
function withoutTags(html: string): string {
  const out: string[] = []
  const ends = endings(html)
  let from = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', from)) {
    const isComment = html.startsWith('<!--', at)
    const end = isComment ? ends.after('-->', at + 4) : ends.after('>', at)
    out.push(html.slice(from, at))
    from = end ?? at + 1
    if (end === undefined) {
      out.push('<')
      continue
    }
    const tag = html.slice(at + 1, Math.min(end, at + 20))
    const hidden = isComment ? undefined : unseen.exec(tag)?.[1]
    if (isComment || hidden !== undefined) out.push(' ')
    else if (blocks.test(tag)) out.push('\n')
    if (hidden !== undefined) from = ends.afterElement(hidden.toLowerCase(), end) ?? end
  }
  out.push(html.slice(from))
  return out.join('')
}

/** Finds where things end. What was not found once is not looked for again: it would take for ever. */
function endings(html: string) {
  const missing = new Set<string>()
  let lower: string | undefined
  const find = (text: string, what: string, from: number): number | undefined => {
    if (missing.has(what)) return undefined
    const at = text.indexOf(what, from)
    if (at >= 0) return at
    missing.add(what)
    return undefined
  }
  const after = (what: string, from: number): number | undefined => {
    const at = find(html, what, from)
    return at === undefined ? undefined : at + what.length
  }
  const afterElement = (name: string, from: number): number | undefined => {
    lower ??= html.toLowerCase()
    const at = find(lower, `</${name}`, from)
    return at === undefined ? undefined : after('>', at)
  }
  return { after, afterElement }
}

function entityOf(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' '
}

const aside = /^\\(?:\*|fonttbl|colortbl|stylesheet|info|pict|object|themedata|datastore|generator)/
const rtfPiece =
  /\\'([\da-f]{2})|\\u(-?\d{1,6}) ?\??|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi

/** The words of a letter in RTF: what is said of fonts, pictures and the program left out. */
function wordsOfRtf(rtf: string): string {
  const out: string[] = []
  let depth = 0
  let asideFrom = Infinity
  for (const found of rtf.matchAll(rtfPiece)) {
    const [whole, hex, unicode, word, , mark, brace, text] = found
    if (brace === '{') {
      depth++
      if (depth < asideFrom && aside.test(rtf.slice(found.index + 1, found.index + 16)))
        asideFrom = depth
      continue
    }
    if (brace === '}') {
      if (depth === asideFrom) asideFrom = Infinity
      depth--
      continue
    }
    if (depth >= asideFrom) continue
    if (hex !== undefined) out.push(latin.decode(Uint8Array.of(Number.parseInt(hex, 16))))
    else if (unicode !== undefined) out.push(String.fromCharCode(Number(unicode) & 0xff_ff))
    else if (word !== undefined) out.push(controlOf(word.toLowerCase()))
    else if (mark !== undefined) out.push(mark === '~' ? ' ' : /[\\{}]/.test(mark) ? mark : '')
    else if (text !== undefined) out.push(text)
    else if (whole === '') break
  }
  return out.join('')
}

function controlOf(word: string): string {
  if (word === 'par' || word === 'line' || word === 'row' || word === 'page' || word === 'sect')
    return '\n'
  if (word === 'tab' || word === 'cell' || word === 'emspace' || word === 'enspace') return ' '
  if (word === 'rquote' || word === 'lquote') return '’'
  if (word === 'ldblquote' || word === 'rdblquote') return '"'
  if (word === 'endash' || word === 'emdash') return '–'
  return ''
}
