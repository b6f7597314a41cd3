import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { screenText } from './screen-text.ts'
import { wordsOfLetter } from './letters.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const secret = 'Wife rang, he must not know that she did.'

describe('wordsOfLetter', () => {
  test.each([
    ['text/plain; charset=utf-8', secret],
    [
      'text/html',
      `<html><head><style>p{}</style></head><p>Wife rang,<br/>he must not know that she&nbsp;did.</p>`,
    ],
    ['text/html', `<p>Wife <b>rang</b>, he must n&#111;t know that she did.</p><script>x</script>`],
    [
      'text/rtf',
      String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator Old;}\f0\b Wife\b0  rang, he must \u110?ot know\par that she did.}`,
    ],
  ])('finds the words of %s that a person would read', (contentType, letter) => {
    const words = wordsOfLetter(contentType, bytes(letter)) ?? ''
    expect(words.replaceAll(/\s+/g, ' ').trim()).toBe(secret)
    expect(screenText(words, { patientAge: 50, sex: 'male' }).outcome).toBe('review')
  })

  test('says nothing of pictures and scans', () => {
    expect(wordsOfLetter('image/tiff', bytes('II*'))).toBeUndefined()
  })

  test('ends on anything', () => {
    const kinds = fc.constantFrom('text/plain', 'text/html', 'application/rtf')
    fc.assert(
      fc.property(kinds, fc.uint8Array({ maxLength: 400 }), (kind, some) => {
        expect(typeof wordsOfLetter(kind, some)).toBe('string')
      }),
    )
  })
})

/** Nothing here may take longer than its size: what grew faster would not end within the test. */
describe('wordsOfLetter, given what nobody wrote as a letter', () => {
  test.each([
    'text/html: <',
    'text/html: <p',
    'text/html: <script>',
    'text/html: <!--',
    'text/html: <style',
    'text/html: </p a="',
    'text/html: &#',
    'text/rtf: {',
    'text/rtf: }',
    'text/rtf: {\\*',
    "text/rtf: \\'",
    'text/rtf: \\u-1',
    'text/plain: x',
  ])('reads two million characters of %s', (given) => {
    const [kind = '', piece = ''] = given.split(': ')
    const bytes = Buffer.from(piece.repeat(Math.floor(2_000_000 / piece.length)))
    expect(wordsOfLetter(kind, bytes)).toBeTypeOf('string')
    expect(wordsOfLetter(kind, Buffer.concat([bytes, bytes]))).toBeUndefined()
  })

  test('keeps words after a tag that nothing ends', () => {
    expect(wordsOfLetter('text/html', Buffer.from('a <b c <!-- d'))).toContain('d')
    expect(wordsOfLetter('text/html', Buffer.from('<script>x</script>seen<style>y'))).toContain(
      'seen',
    )
  })
})
