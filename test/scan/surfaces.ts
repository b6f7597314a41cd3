import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { newId } from '#kernel/id'
import { marksIn } from './given-record.ts'
import type { Reader } from './people.ts'

/** What one answer gave a reader. */
export interface Surface {
  readonly url: string
  readonly where: string
  /** Every mark in it, headers included. */
  readonly marks: ReadonlySet<string>
  readonly status: number
  readonly body: string
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
const preview = `/record/download/preview?${scope}`
const pdf = `/record/download/record.pdf?${scope}`
const pages = [
  '/home',
  '/notices',
  '/appointments',
  '/prescriptions',
  '/record',
  ...parts.map((part) => `/record/${part}`),
  '/record/download',
  preview,
  `/record/download/record.json?${scope}`,
]
const toEntries =
  /href="(\/record\/(?:consultations|documents|problems|results)\/[0-9a-f-]{36}[^"#?]*)/g
const toOrders = /href="(\/record\/\w+\?by=\w+)"/g

/** What a reader's PDF was made of when it was last looked at, so that it is drawn when that changes. */
export type LastPreviews = Map<string, string>

/**
 * Everything that a reader is given: every page, what pages lead to, the downloads, and a search that
 * finds as much as it can. With `wholeSite`, also each order of a list and every other page that a
 * patient can go to.
 */
export async function surfacesOf(
  app: FastifyInstance,
  reader: Reader,
  previews: LastPreviews,
  { wholeSite }: { readonly wholeSite: boolean },
): Promise<readonly Surface[]> {
  const { cookie } = reader
  const waiting = wholeSite ? [...new Set([...pages, ...plainPages(app)])] : [...pages]
  const seen = new Set(waiting)
  const surfaces: Surface[] = []
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    const surface = await surfaceAt(app, url, cookie)
    surfaces.push(surface)
    if (url === preview && isNew(previews, reader, surface)) waiting.push(pdf)
    const links = [toEntries, ...(wholeSite ? [toOrders] : [])]
    for (const [, href = ''] of links.flatMap((link) => [...surface.body.matchAll(link)])) {
      if (!seen.has(href)) waiting.push(href)
      seen.add(href)
    }
  }
  surfaces.push(await searched(app, reader))
  return surfaces
}

/** One page or file as this reader is given it; throws where the service broke. */
export async function surfaceAt(
  app: FastifyInstance,
  url: string,
  cookie: string,
): Promise<Surface> {
  const answer = await app.inject({ url, headers: { cookie } })
  return surfaceOf(url, answer)
}

function surfaceOf(url: string, answer: LightMyRequestResponse): Surface {
  const { statusCode: status, body } = answer
  if (status >= 500) throw new Error(`${url} answered ${status}`)
  return { url, where: url.replace(/\?.*/, ''), marks: marksIn(wordsOf(answer)), status, body }
}

/** Pages that every patient can go to, as the service itself lists them: none can be forgotten here. */
function plainPages(app: FastifyInstance): readonly string[] {
  return app.routeTable
    .filter(({ method, path }) => method === 'GET' && !path.includes(':') && !path.includes('*'))
    .map(({ path }) => path)
    .filter((path) => /^\/(?:home|account|appointments|prescriptions|record|notices)\b/.test(path))
    .filter((path) => !path.startsWith('/record/download/'))
}

function isNew(previews: LastPreviews, { name }: Reader, { body, status }: Surface): boolean {
  if (status !== 200) return false
  const digest = createHash('sha256').update(body).digest('base64')
  if (previews.get(name) === digest) return false
  previews.set(name, digest)
  return true
}

/** A word that is in nearly every text. */
async function searched(app: FastifyInstance, reader: Reader): Promise<Surface> {
  return surfaceOf('/record/search', await search(app, reader, 'noted'))
}

/**
 * What a search for these words answers, without the words themselves and what is new each time.
 * Asked again a few times where the service says that it is busy: whoever stops the scan for a while
 * makes one of two requests wait too long for the connection.
 */
export async function searchAnswer(
  app: FastifyInstance,
  reader: Reader,
  words: string,
): Promise<string> {
  let answer = await search(app, reader, words)
  for (let tries = 1; answer.statusCode === 503 && tries < 3; tries++)
    answer = await search(app, reader, words)
  return `${answer.statusCode} ${answer.body.replaceAll(words, '…')}`
}

function search(
  app: FastifyInstance,
  { cookie, csrf }: Reader,
  words: string,
): Promise<LightMyRequestResponse> {
  return app.inject({
    method: 'POST',
    url: '/record/search',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: csrf, words }).toString(),
  })
}

const doors = [
  'consultations/ID',
  'documents/ID',
  'documents/ID/file',
  'documents/ID/view',
  'problems/ID',
  'results/ID',
]

/**
 * Where asking for this entry is answered otherwise than asking for one that never was (I-9). Doors
 * mostly answer alike, so the first door's answer is tried before a door is asked for its own.
 */
export async function doorsThatTell(
  app: FastifyInstance,
  cookie: string,
  entryId: string,
): Promise<readonly string[]> {
  const nobody = newId(new Date(0))
  const ask = async (door: string, id: string) => {
    const url = `/record/${door.replace('ID', id)}`
    const answer = await app.inject({ url, headers: { cookie } })
    return `${answer.statusCode} ${answer.body.replaceAll(id, '')}`
  }
  const usual = await ask('results/ID', nobody)
  const told: string[] = []
  for (const door of doors) {
    const asked = await ask(door, entryId)
    if (asked !== usual && asked !== (await ask(door, nobody))) told.push(door)
  }
  return told
}

function wordsOf(answer: LightMyRequestResponse): string {
  const headers = JSON.stringify(answer.headers)
  const type = String(answer.headers['content-type'])
  return `${headers} ${type.includes('pdf') ? pdfText(answer.rawPayload) : answer.body}`
}

/** The text that a PDF of ours draws: its built-in fonts are written in single bytes. */
function pdfText(file: Buffer): string {
  const raw = file.toString('latin1')
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
