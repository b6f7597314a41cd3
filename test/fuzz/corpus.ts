/** A request as a page offers it: a link, or a form filled in as it stands. */
export interface Sample {
  readonly method: 'GET' | 'POST'
  /** Path, and for a link its query. */
  readonly url: string
  readonly fields: readonly Field[]
}

/** One field by name and value; a name may come more than once. */
export type Field = readonly [name: string, value: string]

/** What was met so far: what each person was offered, ids, and names of fields. Bounded. */
export interface Corpus {
  /** Takes in what a page offers a person. */
  learn(person: string, html: string): void
  samplesOf(person: string): readonly Sample[]
  readonly ids: readonly string[]
  readonly names: readonly string[]
}

const mostPerShape = 6
const mostSamples = 1500
const mostIds = 2000

/** An empty corpus. Of requests that differ in ids and values alone, a few are kept. */
export function makeCorpus(): Corpus {
  const samples = new Map<string, Sample[]>()
  const shapes = new Map<string, number>()
  const ids = new Set<string>()
  const names = new Set<string>()

  const keep = (person: string, sample: Sample): void => {
    const known = samples.get(person) ?? []
    samples.set(person, known)
    const shape = `${person} ${shapeOf(sample)}`
    const met = shapes.get(shape) ?? 0
    if (met >= mostPerShape || known.length >= mostSamples) return
    shapes.set(shape, met + 1)
    known.push(sample)
    for (const [name] of sample.fields) names.add(name)
  }
  return {
    learn: (person, html) => {
      for (const [id] of html.matchAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g))
        if (ids.size < mostIds) ids.add(id)
      for (const link of linksIn(html)) keep(person, link)
      for (const form of formsIn(html)) keep(person, form)
    },
    samplesOf: (person) => samples.get(person) ?? [],
    get ids() {
      return [...ids]
    },
    get names() {
      return [...names]
    },
  }
}

function shapeOf({ method, url, fields }: Sample): string {
  const path = url.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, ':id').replaceAll(/=[^&]*/g, '=')
  const names = new Set(fields.map(([name]) => name.replaceAll(/[\da-f-]{36}|\d+/g, '#')))
  return `${method} ${path.replaceAll(/\d+/g, '#')} ${[...names].join(',')}`
}

function linksIn(html: string): readonly Sample[] {
  return [...html.matchAll(/href="(\/[^"#]*)/g)]
    .map(([, href = '']) => plain(href))
    .filter((url) => !url.startsWith('/assets/') && !url.startsWith('//'))
    .map((url) => ({ method: 'GET', url, fields: [] }))
}

/** The forms of a page as a browser would send them, with one button of each. */
function formsIn(html: string): readonly Sample[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const action = attribute(head, 'action') ?? '/'
    const fields = fieldsIn(body)
    if (attribute(head, 'method')?.toLowerCase() === 'post')
      return { method: 'POST', url: action, fields }
    const query = new URLSearchParams(fields.map(([name, value]) => [name, value]))
    return { method: 'GET', url: `${action}?${query.toString()}`, fields: [] }
  })
}

function fieldsIn(body: string): readonly Field[] {
  const fields: Field[] = []
  for (const [, tag = '', head = '', text = ''] of body.matchAll(
    /<(input|button|textarea|select)\b([^>]*)>(?:([^<]*)<\/textarea>)?/g,
  )) {
    const name = attribute(head, 'name')
    if (name === undefined || name === '_csrf') continue
    const value = tag === 'textarea' ? plain(text) : (attribute(head, 'value') ?? '')
    fields.push([name, tag === 'select' ? optionOf(body, name) : value])
  }
  return fields
}

function optionOf(body: string, name: string): string {
  const at = body.indexOf(`name="${name}"`)
  return attribute(/<option([^>]*)>/.exec(body.slice(at))?.[1] ?? '', 'value') ?? ''
}

function attribute(head: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(head)?.[1]
  return value === undefined ? undefined : plain(value)
}

function plain(html: string): string {
  return html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
