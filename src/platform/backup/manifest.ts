import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'

const manifest = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), contentHash: z.string() })),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()).min(1),
      file: z.string().regex(/^[\w.]+$/),
      rows: z.number().int().min(0),
      sha256: z.string().regex(/^[\da-f]{64}$/),
    }),
  ),
})

/** What a backup holds: which schema it was, and each table with its rows and the digest of its file. */
export type Manifest = z.infer<typeof manifest>

export const manifestName = 'backup.json'

/** Reads what a folder's backup holds, or says why it is none. */
export async function readManifest(folder: string): Promise<Result<Manifest, string>> {
  let text: string
  try {
    text = await readFile(join(folder, manifestName), 'utf8')
  } catch {
    return refuse(`${folder} holds no finished backup: there is no ${manifestName} in it.`)
  }
  try {
    const parsed = manifest.safeParse(JSON.parse(text))
    if (parsed.success) return accept(parsed.data)
  } catch {
    // Said below, as for any other text that is no manifest.
  }
  return refuse(`${folder}: ${manifestName} cannot be read. Nothing was restored.`)
}
