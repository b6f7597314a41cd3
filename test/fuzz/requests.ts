import fc from 'fast-check'
import type { Corpus, Field, Sample } from './corpus.ts'
import { aHostileValue, elementMark } from './values.ts'
import { aHeader } from './headers.ts'

/** A request as it is sent, before the sender's cookie and token are put to it. */
export interface Hostile {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  /** How the sender's cookie is told. */
  readonly cookie: 'own' | 'none' | 'other' | 'broken' | 'both'
  readonly token: 'own' | 'none' | 'other' | 'twice'
}

type Change = (sample: Sample) => Sample

/** Requests of one person: what pages offered, or what the route table has, changed a little or much. */
export function aHostileRequest(
  person: string,
  corpus: Corpus,
  routes: readonly string[],
): fc.Arbitrary<Hostile> {
  const value = aHostileValue(corpus.ids, corpus.names)
  const offered = corpus.samplesOf(person)
  const base = fc.oneof(
    ...(offered.length > 0 ? [{ weight: 7, arbitrary: fc.constantFrom(...offered) }] : []),
    { weight: 3, arbitrary: aRouteCall(routes, corpus, value) },
  )
  return fc
    .record({
      base,
      changes: fc.array(aChange(value, corpus), { maxLength: 3 }),
      path: fc.option(aPathTrick, { freq: 12, nil: undefined }),
      method: aMethod,
      headers: fc.array(aHeader, { maxLength: 2 }),
      encoding: anEncoding,
      cookie: often<Hostile['cookie']>('own', 'none', 'other', 'broken', 'both'),
      token: often<Hostile['token']>('own', 'none', 'other', 'twice'),
    })
    .map(({ base: given, changes, path, method, headers, encoding, cookie, token }) => {
      const changed = changes.reduce((so, change) => change(so), given)
      const used = method ?? changed.method
      return {
        method: used,
        url: path ? path(changed.url) : changed.url,
        headers: Object.assign({}, encoding.headers, ...headers) as Record<string, string>,
        body: used === 'GET' || used === 'HEAD' ? undefined : encoding.write(changed.fields),
        cookie,
        token,
      }
    })
}

/** The first nearly always, the others now and then. */
function often<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 24, arbitrary: fc.constant(usual) },
    ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
  )
}

const aMethod = fc.oneof(
  { weight: 60, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS') },
  { weight: 1, arbitrary: fc.constantFrom('PATCH', 'PROPFIND', 'TRACE', 'SEARCH', 'QUERY') },
)

function aRouteCall(
  routes: readonly string[],
  corpus: Corpus,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<Sample> {
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('x', ...corpus.ids) },
    { weight: 1, arbitrary: value },
  )
  return fc
    .record({
      route: fc.constantFrom(...routes),
      ids: fc.array(id, { minLength: 3, maxLength: 3 }),
      fields: fc.array(fc.tuple(fc.constantFrom('x', ...corpus.names), value), { maxLength: 5 }),
    })
    .map(({ route, ids, fields }) => {
      const [method = '', path = ''] = route.split(' ')
      const left = [...ids]
      const url = path.replaceAll(/:\w+/g, () => encoded(left.shift() ?? 'x'))
      return method === 'POST'
        ? { method, url, fields }
        : { method: 'GET', url: withQuery(url, fields), fields: [] }
    })
}

/** Changes to the fields of a form, or to what a link asks for. */
function aChange(value: fc.Arbitrary<string>, corpus: Corpus): fc.Arbitrary<Change> {
  const name = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('x', ...corpus.names) },
    { weight: 1, arbitrary: value },
  )
  const at = fc.nat(1000)
  const onFields = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(at, value).map(([index, text]) => put(index, text)) },
    { weight: 2, arbitrary: at.map((index) => drop(index)) },
    { weight: 2, arbitrary: fc.tuple(at, value).map(([index, text]) => again(index, text)) },
    { weight: 2, arbitrary: fc.tuple(name, value).map((field) => add(field)) },
    { weight: 2, arbitrary: fc.tuple(at, at).map(([from, to]) => swap(from, to)) },
    { weight: 2, arbitrary: fc.tuple(at, at).map(([index, cut]) => truncate(index, cut)) },
    { weight: 1, arbitrary: fc.tuple(at, at).map(([index, bit]) => flip(index, bit)) },
    { weight: 1, arbitrary: at.map((index) => many(index)) },
  )
  return fc.oneof(
    {
      weight: 6,
      arbitrary: onFields.map(
        (change): Change =>
          (sample) =>
            inFields(sample, change),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(at, value).map(([index, text]): Change => (sample) => ({
        ...sample,
        url: inPath(sample.url, index, encoded(text)),
      })),
    },
  )
}

type FieldsChange = (fields: readonly Field[]) => readonly Field[]

const place = (fields: readonly Field[], index: number) => index % Math.max(fields.length, 1)
const put =
  (index: number, text: string): FieldsChange =>
  (fields) =>
    fields.map((field, at) => (at === place(fields, index) ? [field[0], text] : field))
const drop =
  (index: number): FieldsChange =>
  (fields) =>
    fields.filter((_, at) => at !== place(fields, index))
const again =
  (index: number, text: string): FieldsChange =>
  (fields) => {
    const field = fields[place(fields, index)]
    return field ? [...fields, [field[0], text]] : fields
  }
const add =
  (field: Field): FieldsChange =>
  (fields) => [...fields, field]
const swap =
  (from: number, to: number): FieldsChange =>
  (fields) => {
    const source = fields[place(fields, from)]
    return source ? put(to, source[1])(fields) : fields
  }
const truncate =
  (index: number, cut: number): FieldsChange =>
  (fields) =>
    fields.map(([name, value], at) => [
      name,
      at === place(fields, index) ? value.slice(0, cut % (value.length + 1)) : value,
    ])
const flip =
  (index: number, bit: number): FieldsChange =>
  (fields) =>
    fields.map(([name, value], at) => [
      name,
      at === place(fields, index) ? flipped(value, bit) : value,
    ])
const many =
  (index: number): FieldsChange =>
  (fields) => {
    const field = fields[place(fields, index)] ?? ['x', '1']
    return [...fields, ...Array.from({ length: 400 }, () => field)]
  }

function flipped(value: string, bit: number): string {
  const at = bit % Math.max(value.length, 1)
  const code = (value.codePointAt(at) ?? 0) ^ (1 << (bit % 7))
  return value.slice(0, at) + String.fromCodePoint(code) + value.slice(at + 1)
}

function inFields(sample: Sample, change: FieldsChange): Sample {
  if (sample.method === 'POST') return { ...sample, fields: change(sample.fields) }
  const [path = '', query = ''] = sample.url.split('?')
  return { ...sample, url: withQuery(path, change([...new URLSearchParams(query)])) }
}

function inPath(url: string, index: number, text: string): string {
  const [path = '', query] = url.split('?')
  const parts = path.split('/')
  parts[1 + (index % Math.max(parts.length - 1, 1))] = text
  return parts.join('/') + (query === undefined ? '' : `?${query}`)
}

const withQuery = (path: string, fields: readonly Field[]): string =>
  fields.length === 0 ? path : `${path}?${written(fields)}`

const written = (fields: readonly Field[]): string =>
  fields.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')

/** As `encodeURIComponent`, for halves of characters too, which go as the bytes that they would be. */
function encoded(text: string): string {
  return text.replaceAll(/[\ud800-\udfff]|[^\w.~-]/gu, (one) =>
    one.length === 1 && /[\ud800-\udfff]/.test(one) ? '%ED%A0%80' : encodeURIComponent(one),
  )
}

const aPathTrick: fc.Arbitrary<(url: string) => string> = fc.constantFrom<(url: string) => string>(
  (url) => `/.${url}`,
  (url) => `/x/..${url}`,
  (url) => `/%2e%2e${url}`,
  (url) => url.replace('/', '//'),
  (url) => url.replaceAll('/', '%2f').replace('%2f', '/'),
  (url) => url.replace(/(\w)/, (letter) => `%${letter.codePointAt(0)?.toString(16) ?? '41'}`),
  (url) => url.toUpperCase(),
  (url) => `${url}/`,
  (url) => `${url}//`,
  (url) => `${url};x=1`,
  (url) => `${url}%00`,
  (url) => `${url}%`,
  (url) => `${url}%zz`,
  (url) => `${url}%c3`,
  (url) => `${url}?`,
  (url) => `${url}&&&=&==&%=%&a=%ff%fe`,
  (url) => `${url}#x`,
  (url) => `${url}.json`,
  (url) => `${url}/x/y/z`,
  (url) => `${url}${'/a'.repeat(500)}`,
  (url) => `${url}?${'q=1&'.repeat(2000)}`,
  (url) => `${url}?q=${'%F0%9F%98%80'.repeat(500)}`,
  (url) => `${url}?${encoded(elementMark)}=${encoded(elementMark)}`,
)

interface Encoding {
  readonly headers: Readonly<Record<string, string>>
  readonly write: (fields: readonly Field[]) => Buffer
}

const form = 'application/x-www-form-urlencoded'
const plainly = (fields: readonly Field[]) => Buffer.from(written(fields))
const spoilt = (spoil: (text: string) => string): Encoding => ({
  headers: { 'content-type': form },
  write: (fields) => Buffer.from(spoil(written(fields)), 'latin1'),
})
const sentAs = (type: string, write: Encoding['write'] = plainly): Encoding => ({
  headers: { 'content-type': type },
  write,
})

const anEncoding: fc.Arbitrary<Encoding> = fc.oneof(
  { weight: 20, arbitrary: fc.constant(sentAs(form)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      spoilt((text) => text.replaceAll('%', '')),
      spoilt((text) => text.replaceAll('%20', '+').replaceAll('=', '')),
      spoilt((text) => `${text}&%=%&%zz=%u0041&a=%c3%28&\u00ff=\u00fe`),
      spoilt((text) => text.slice(0, text.length >> 1)),
      spoilt((text) => text.replaceAll('&', ';')),
      spoilt((text) => `${'&'.repeat(5000)}${text}`),
      spoilt((text) => `${text}&${'a[b][c]='.repeat(20)}&__proto__=1&constructor=1`),
      spoilt((text) => `${text}&big=${'x'.repeat(250_000)}`),
      spoilt((text) => `${text}&${Array.from({ length: 8000 }, (_, at) => `f${at}=1`).join('&')}`),
      sentAs(`${form}; charset=utf-16`),
      sentAs(form, (fields) => Buffer.from(written(fields), 'utf16le')),
      sentAs(form, () => Buffer.alloc(300_000, 'a')),
      sentAs(form, () => Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256))),
      sentAs('application/json', (fields) =>
        Buffer.from(JSON.stringify(Object.fromEntries(fields))),
      ),
      sentAs('application/json', () => Buffer.from('['.repeat(100_000))),
      sentAs('multipart/form-data; boundary=x', () =>
        Buffer.from('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--'),
      ),
      sentAs('text/plain'),
      sentAs('text/xml', () => Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
      sentAs(''),
      sentAs('*/*;q=x'),
      { headers: { 'content-type': form, 'content-encoding': 'gzip' }, write: plainly },
    ),
  },
)
