import { Button, InsetText, SummaryList } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import type { DocumentFacts } from '../../queries/reading/documents.ts'
import { factsOf } from './entry-facts.tsx'
import { RecordFrame, type Seat } from './record-frame.tsx'

/** A letter or other document: what it is, its words where they can be shown here, and its file. */
export function DocumentPage(props: {
  readonly seat: Seat
  readonly entry: DisclosedEntry
  readonly file: DocumentFacts | undefined
}) {
  const { seat, entry, file } = props
  return (
    <RecordFrame seat={seat} title={entry.title}>
      <SummaryList rows={factsOf(entry)} />
      {file === undefined && (
        <p>The file itself is not available online. Ask your GP surgery for a copy.</p>
      )}
      {file?.words !== undefined && (
        <>
          <h2 class="nhsuk-heading-m">What it says</h2>
          <InsetText>
            <p class="app-free-text">{tidy(file.words)}</p>
          </InsetText>
          {!isPlain(file.contentType) && (
            <p>These are the words alone. How they are set out, and any picture, is in the file.</p>
          )}
        </>
      )}
      {file && (
        <>
          <Shown seat={seat} entry={entry} contentType={file.contentType} />
          <Button
            href={`${seat.base}/documents/${entry.entryId}/file`}
            text={`Download ${formatType(file.contentType)} (${formatSize(file.sizeBytes)})`}
            variant="secondary"
          />
          <p>Once you download it, it is up to you to keep it private.</p>
        </>
      )}
      <p>
        <a href={`${seat.base}/documents`}>See all documents</a>
      </p>
    </RecordFrame>
  )
}

/** As it was written, but for the empty lines that layout leaves behind. */
function tidy(words: string): string {
  return words
    .replaceAll(/[^\S\n]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

const isPlain = (contentType: string) => essence(contentType) === 'text/plain'

/** The file itself in the page, where a browser can show it safely: a picture. A PDF opens by itself. */
function Shown(props: {
  readonly seat: Seat
  readonly entry: DisclosedEntry
  readonly contentType: string
}) {
  const href = `${props.seat.base}/documents/${props.entry.entryId}/view`
  switch (viewableAs(props.contentType)) {
    case 'picture':
      return (
        <p>
          <img class="app-document-picture" src={href} alt={`${props.entry.title}, as a picture`} />
        </p>
      )
    case 'page':
      return <Button href={href} text="Open it as it was written" />
    default:
      return null
  }
}

/** How a browser can show a type of file in place, where it can without running any of it. */
export function viewableAs(contentType: string): 'picture' | 'page' | undefined {
  switch (essence(contentType)) {
    case 'image/jpeg':
    case 'image/png':
      return 'picture'
    case 'application/pdf':
      return 'page'
    default:
      return undefined
  }
}

const types: Readonly<Record<string, readonly [name: string, ending: string]>> = {
  'application/pdf': ['PDF', 'pdf'],
  'text/plain': ['text file', 'txt'],
  'image/jpeg': ['picture', 'jpg'],
  'image/png': ['picture', 'png'],
  'image/tiff': ['picture', 'tif'],
  'application/rtf': ['document', 'rtf'],
  'text/rtf': ['document', 'rtf'],
  'application/msword': ['document', 'doc'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['document', 'docx'],
}

const essence = (contentType: string) => (contentType.split(';')[0] ?? '').trim().toLowerCase()

/** The content types that are sent as what they are, with how their file names end; others as bytes alone. */
export function fileKind(contentType: string): {
  readonly contentType: string
  readonly ending: string
} {
  const known = types[essence(contentType)]
  return known
    ? { contentType: essence(contentType), ending: known[1] }
    : { contentType: 'application/octet-stream', ending: 'bin' }
}

function formatType(contentType: string): string {
  return types[essence(contentType)]?.[0] ?? 'file'
}

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  return bytes < 1_048_576
    ? `${Math.round(bytes / 1024)} KB`
    : `${(bytes / 1_048_576).toFixed(1)} MB`
}
