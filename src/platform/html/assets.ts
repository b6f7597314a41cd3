import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { compileScript, compileStyles } from './compile-assets.ts'
import { ICON } from './icon-file.ts'

/** A file the site serves. Its path carries a hash of its contents, so it may be kept for ever. */
export type AssetFile = {
  readonly path: string
  readonly type: string
  readonly body: Buffer
  readonly gzip: Buffer
  readonly brotli: Buffer
}

/** Everything the pages fetch. Nothing of it comes from another host. */
export type Assets = {
  readonly styles: AssetFile
  readonly script: AssetFile
  readonly icon: AssetFile
  /** The other files to be served: the icon. */
  readonly files: readonly AssetFile[]
}

type Source = { readonly name: string; readonly type: string; readonly text: string }

const FOLDER = 'src/platform/html'
const INPUT_FOLDERS = [`${FOLDER}/styles`, `${FOLDER}/client`]
const PACKAGES = ['nhsuk-frontend', 'sass', 'esbuild']

function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** A hash of everything that the styles and the script are made of. */
async function inputsHash(root: string): Promise<string> {
  const folders = await Promise.all(
    INPUT_FOLDERS.map(async (folder) => {
      const names = await readdir(join(root, folder))
      return names.toSorted().map((name) => join(root, folder, name))
    }),
  )
  const files = [
    ...folders.flat(),
    ...['assets.ts', 'compile-assets.ts', 'icon-file.ts'].map((name) => join(root, FOLDER, name)),
    ...PACKAGES.map((name) => join(root, 'node_modules', name, 'package.json')),
  ]
  return hashOf(...(await Promise.all(files.map((file) => readFile(file)))))
}

function assetFile({ name, type, text }: Source): AssetFile {
  const body = Buffer.from(text)
  const [stem, extension] = name.split('.')
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  }
  return {
    path: `/assets/${stem}-${hashOf(body)}.${extension}`,
    type,
    body,
    gzip: gzipSync(body, { level: 9 }),
    brotli: brotliCompressSync(body, { params }),
  }
}

/** The files as they are kept between starts, in base 64; nothing if they are not, or not whole. */
async function keptFiles(cache: string): Promise<readonly AssetFile[] | undefined> {
  const text = await readFile(cache, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const kept = JSON.parse(text) as readonly Record<keyof AssetFile, string>[]
  return kept.map(({ path, type, body, gzip, brotli }) => ({
    path,
    type,
    body: Buffer.from(body, 'base64'),
    gzip: Buffer.from(gzip, 'base64'),
    brotli: Buffer.from(brotli, 'base64'),
  }))
}

/** Leaves the files for the next start: whole, or not at all. */
async function keepFiles(cache: string, files: readonly AssetFile[]): Promise<void> {
  const kept = files.map(({ path, type, body, gzip, brotli }) => ({
    path,
    type,
    body: body.toString('base64'),
    gzip: gzip.toString('base64'),
    brotli: brotli.toString('base64'),
  }))
  await mkdir(dirname(cache), { recursive: true })
  // Several may make them at once, in one process too.
  const part = `${cache}.${randomUUID()}`
  await writeFile(part, JSON.stringify(kept))
  await rename(part, cache)
}

async function makeFiles(root: string, cache: string): Promise<readonly AssetFile[]> {
  const [styles, script] = await Promise.all([compileStyles(root), compileScript(root)])
  const files = [
    { name: 'app.css', type: 'text/css; charset=utf-8', text: styles },
    { name: 'app.js', type: 'text/javascript; charset=utf-8', text: script },
    { name: 'icon.svg', type: 'image/svg+xml', text: ICON },
  ].map(assetFile)
  await keepFiles(cache, files)
  return files
}

/**
 * Styles, script and icon, compressed and ready to be served. Made once for each state of their
 * sources and kept under `.build`. `root` is the folder of package.json.
 */
export async function buildAssets(root = process.cwd()): Promise<Assets> {
  const cache = join(root, '.build', `assets-${await inputsHash(root)}.json`)
  const [styles, script, icon] = (await keptFiles(cache)) ?? (await makeFiles(root, cache))
  if (!styles || !script || !icon) throw new Error(`${cache} is not whole: delete it`)
  return { styles, script, icon, files: [icon] }
}
