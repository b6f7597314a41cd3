import { Button, Form, Input } from '#platform/html'
import type { EntryPage } from '../../queries/entries.ts'
import { EntryList } from './entry-list.tsx'
import { ShortForms } from './plain-text.tsx'
import { RecordFrame, type Seat } from './record-frame.tsx'

/**
 * Searching what this reader may see. The words are sent, not put into an address, so that they stay
 * out of the browser's history.
 */
export function SearchPage(props: {
  readonly seat: Seat
  readonly words: string
  readonly found: EntryPage | undefined
}) {
  const { seat, words, found } = props
  return (
    <RecordFrame seat={seat} title="Search your health record">
      <Form action={`${seat.base}/search`}>
        <Input
          id="words"
          name="words"
          label={{ text: 'What are you looking for?' }}
          hint={{ text: 'For example, a medicine, a test or a word from a note' }}
          value={words}
        />
        <Button text="Search" />
      </Form>
      {found && <Found {...props} found={found} />}
    </RecordFrame>
  )
}

function Found({
  seat,
  words,
  found,
}: {
  readonly seat: Seat
  readonly words: string
  readonly found: EntryPage
}) {
  const { entries, page, hasMore } = found
  if (entries.length === 0) {
    return (
      <>
        <h2 class="nhsuk-heading-m">Nothing found</h2>
        <p>
          Nothing in the part of your record that you can see online has all of these words. Try
          fewer words, or only the beginning of one. Words in a document that is a picture are not
          found.
        </p>
      </>
    )
  }
  return (
    <>
      <h2 class="nhsuk-heading-m">{page === 1 ? 'Found' : `Found, page ${page}`}</h2>
      <EntryList seat={seat} entries={entries} />
      <div class="nhsuk-button-group">
        {page > 1 && <Turn seat={seat} words={words} page={page - 1} text="Previous page" />}
        {hasMore && <Turn seat={seat} words={words} page={page + 1} text="Next page" />}
      </div>
      <ShortForms texts={entries.flatMap((entry) => [entry.title, entry.text])} />
    </>
  )
}

function Turn(props: {
  readonly seat: Seat
  readonly words: string
  readonly page: number
  readonly text: string
}) {
  return (
    <Form action={`${props.seat.base}/search`}>
      <input type="hidden" name="words" value={props.words} />
      <input type="hidden" name="page" value={props.page} />
      <Button text={props.text} variant="secondary" />
    </Form>
  )
}
