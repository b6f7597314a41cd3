import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSafeHref, safeHref } from './safe-href.ts'

describe('safeHref', () => {
  test.each([
    '/appointments/slots',
    '?page=2',
    '#reason',
    '',
    'slots/today',
    './slots',
    'https://www.nhs.uk/',
    'HTTPS://www.nhs.uk/',
    'mailto:reception@example.nhs.uk',
    'tel:+441632960001',
    '/search?next=https://www.nhs.uk/&when=9:05',
  ])('lets %j through as it is', (url) => {
    expect(safeHref(url)).toBe(url)
  })

  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u200bjavascript:alert(1)',
    'javascript\u0000:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://example.org/1',
    'file:///etc/passwd',
    'http://example.org/',
    '//example.org/',
    '/\\example.org/',
    '\\\\example.org/',
    '/\t/example.org/',
  ])('refuses %j', (url) => {
    expect(isSafeHref(url)).toBe(false)
    expect(() => safeHref(url)).toThrow('not allowed')
  })

  test('does not repeat in its message what was refused', () => {
    expect(() => safeHref('javascript:secret')).not.toThrow(/secret/)
  })

  test('lets nothing through that a browser reads as another scheme or, without one, host', () => {
    const base = 'https://site.example/here/'
    const piece = fc.oneof(
      fc.constantFrom('javascript', 'data', 'https', ':', '/', '\\', '\t', '\n', ' ', '#', 'a'),
      fc.string({ maxLength: 3, unit: 'binary' }),
    )
    const url = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(url, (text) => {
        if (!isSafeHref(text) || !URL.canParse(text, base)) return
        const read = new URL(text, base)
        expect(['https:', 'mailto:', 'tel:']).toContain(read.protocol)
        if (!/^[a-z]+:/i.test(text)) expect(read.host).toBe('site.example')
      }),
      { numRuns: 500 },
    )
  })
})
