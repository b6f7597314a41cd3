import { inflateSync } from 'node:zlib'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { newId } from '#kernel/id'
import { csrfToken } from '#platform/auth'

/** What one answer gave a reader: the words of everything in it, headers included. */
export interface Surface {
  readonly where: string
  readonly words: string
}

const parts = [
  'medicines',
  'allergies',
  'problems',
  'results',
  'consultations',
  'immunisations',
  'documents',
  'referrals',
  'measurements',
]
const scope = parts.map((part) => `parts=${part}`).join('&')
const pages = [
  '/home',
  '/notices',
  '/appointments',
  '/prescriptions',
  '/record',
  ...parts.map((part) => `/record/${part}`),
  '/record/download',
  `/record/download/preview?${scope}`,
  `/record/download/record.json?${scope}`,
]
const pdf = `/record/download/record.pdf?${scope}`
const toEntries =
  /href="(\/record\/(?:consultations|documents|problems|results)\/[0-9a-f-]{36}[^"#?]*)/g

/** Everything that a reader is given: every page, what pages lead to, the downloads. */
export async function surfacesOf(
  app: FastifyInstance,
  cookie: string,
  { withPdf }: { readonly withPdf: boolean },
): Promise<readonly Surface[]> {
  const waiting = withPdf ? [...pages, pdf] : [...pages]
  const seen = new Set(waiting)
  const surfaces: Surface[] = []
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    const answer = await app.inject({ url, headers: { cookie } })
    if (answer.statusCode >= 500) throw new Error(`${url} answered ${answer.statusCode}`)
    surfaces.push({ where: url.replace(/\?.*/, ''), words: wordsOf(answer) })
    for (const [, href = ''] of answer.body.matchAll(toEntries)) {
      if (!seen.has(href)) waiting.push(href)
      seen.add(href)
    }
  }
  return surfaces
}

/** What a search for these words answers, without the words themselves and what is new each time. */
export async function searchAnswer(
  app: FastifyInstance,
  cookie: string,
  words: string,
): Promise<string> {
  const [, token = ''] = cookie.split('.')
  const answer = await app.inject({
    method: 'POST',
    url: '/record/search',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: csrfToken(token), words }).toString(),
  })
  return `${answer.statusCode} ${answer.body.replaceAll(words, '…')}`
}

const doors = ['consultations/ID', 'documents/ID', 'documents/ID/file', 'problems/ID', 'results/ID']

/** Where asking for this entry is answered otherwise than asking for one that never was (I-9). */
export async function doorsThatTell(
  app: FastifyInstance,
  cookie: string,
  entryId: string,
): Promise<readonly string[]> {
  const nobody = newId(new Date(0))
  const told: string[] = []
  for (const door of doors) {
    const [asked, other] = [entryId, nobody].map((id) => `/record/${door.replace('ID', id)}`)
    const [one, never] = await Promise.all(
      [asked, other].map((url) => app.inject({ url: url ?? '', headers: { cookie } })),
    )
    const isSame =
      one?.statusCode === never?.statusCode &&
      one?.body.replaceAll(entryId, '') === never?.body.replaceAll(nobody, '')
    if (!isSame) told.push(door)
  }
  return told
}

function wordsOf(answer: LightMyRequestResponse): string {
  const headers = JSON.stringify(answer.headers)
  const type = String(answer.headers['content-type'])
  return `${headers} ${type.includes('pdf') ? pdfText(answer.rawPayload) : answer.body}`
}

/** The text that a PDF of ours draws: its built-in fonts are written in single bytes. */
function pdfText(pdf: Buffer): string {
  const raw = pdf.toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  const drawn = [...streams.join('\n').matchAll(/\[((?:<[\da-f]*>\s*-?[\d.]*\s*)+)\]\s*TJ/g)]
    .map(([, run = '']) =>
      [...run.matchAll(/<([\da-f]*)>/g)]
        .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
        .join(''),
    )
    .join('\n')
  return `${raw} ${drawn}`
}
