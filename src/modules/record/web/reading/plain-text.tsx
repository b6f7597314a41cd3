import { Details } from '#platform/html'
import { piecesOf, shortFormsIn } from '../../domain/reading/short-forms.ts'

/** Words of the record as they were written, with short forms explained to those who point at them. */
export function PlainText({ children: text }: { readonly children: string }) {
  return (
    <>
      {piecesOf(text).map((piece) =>
        piece.meaning === undefined ? piece.text : <abbr title={piece.meaning}>{piece.text}</abbr>,
      )}
    </>
  )
}

/** What the short forms of a page mean, for those who cannot point. Nothing where there are none. */
export function ShortForms({ texts }: { readonly texts: readonly (string | undefined)[] }) {
  const forms = shortFormsIn(texts)
  if (forms.length === 0) return null
  return (
    <Details summary="What the short forms on this page mean">
      <dl class="nhsuk-summary-list nhsuk-summary-list--no-border">
        {forms.map(({ short, meaning }) => (
          <div class="nhsuk-summary-list__row">
            <dt class="nhsuk-summary-list__key">{short}</dt>
            <dd class="nhsuk-summary-list__value">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Details>
  )
}
