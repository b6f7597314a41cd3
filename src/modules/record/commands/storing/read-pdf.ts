import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

const require = createRequire(import.meta.url)

/** What reading one file may cost before it is given up. */
export interface ReadingLimits {
  readonly ms: number
  /** By how many bytes the process may grow meanwhile. */
  readonly bytes: number
}

/** Words of a file, or why there are none: it has none that can be read, or it cost too much. */
export type PdfWords = { readonly words: string } | { readonly none: 'unreadable' | 'given up' }

const usual: ReadingLimits = { ms: 20_000, bytes: 512 * 1024 * 1024 }
const heapMiB = 512
const lookEveryMs = 25
const idleMs = 2000

// Said in JavaScript, because a thread starts from one file and the service is bundled into one.
const code = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { extractText, getDocumentProxy } = require(workerData.reader)
  const wordsOf = async (bytes, mostPages) => {
    const pdf = await getDocumentProxy(bytes)
    if (pdf.numPages > mostPages) return undefined
    // A page without words may be a picture of some.
    const { text: pages } = await extractText(pdf, { mergePages: false })
    return pages.some((page) => page.trim() === '') ? undefined : pages.join('\\n\\n')
  }
  parentPort.on('message', ({ bytes, mostPages }) => {
    wordsOf(bytes, mostPages).then(
      (words) => parentPort.postMessage({ words }),
      () => parentPort.postMessage({}),
    )
  })
`

let idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined

/**
 * Reads a PDF in a thread of its own: a few kilobytes of it can unfold into gigabytes or never end,
 * and neither may hold up the service or end it. The thread is kept for the next file and ended soon
 * after the last.
 */
export async function readPdf(
  bytes: Uint8Array,
  mostPages: number,
  limits: ReadingLimits = usual,
): Promise<PdfWords> {
  const worker = takeWorker()
  const found = await askWorker(worker, bytes, mostPages, limits)
  if ('none' in found && found.none === 'given up') await worker.terminate()
  else keepWorker(worker)
  return found
}

function askWorker(
  worker: Worker,
  bytes: Uint8Array,
  mostPages: number,
  limits: ReadingLimits,
): Promise<PdfWords> {
  return new Promise((resolve) => {
    const began = Date.now()
    const size = process.memoryUsage.rss()
    const end = (found: PdfWords) => {
      clearInterval(looking)
      worker.off('message', onWords).off('error', onEnd).off('exit', onEnd)
      resolve(found)
    }
    const onWords = ({ words }: { readonly words?: string }) =>
      end(words === undefined ? { none: 'unreadable' } : { words })
    // Out of memory, or ended by a fault of the reader's own.
    const onEnd = () => end({ none: 'given up' })
    const looking = setInterval(() => {
      const isSlow = Date.now() - began > limits.ms
      if (isSlow || process.memoryUsage.rss() - size > limits.bytes) end({ none: 'given up' })
    }, lookEveryMs)
    worker.on('message', onWords).on('error', onEnd).on('exit', onEnd)
    worker.postMessage({ bytes, mostPages }, [])
  })
}

function takeWorker(): Worker {
  const kept = idle
  idle = undefined
  if (kept) {
    clearTimeout(kept.timer)
    kept.worker.ref()
    return kept.worker
  }
  return new Worker(code, {
    eval: true,
    workerData: { reader: require.resolve('unpdf') },
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
    stdout: true,
    stderr: true,
  }).on('error', () => undefined)
}

function keepWorker(worker: Worker): void {
  worker.unref()
  if (idle) {
    void worker.terminate()
    return
  }
  const timer = setTimeout(() => {
    if (idle?.worker === worker) idle = undefined
    void worker.terminate()
  }, idleMs)
  idle = { worker, timer: timer.unref() }
}
