import { ErrorSummary } from './components/error-summary.tsx'

/** What is wrong with one answer. `field` is the id of the field to link to; '' for none. */
export type Fault = { readonly field: string; readonly message: string }

/** Every fault of a form in the order given, which should be that of the page. Nothing if none. */
export function ErrorSummaryFor({ faults }: { readonly faults: readonly Fault[] | undefined }) {
  if (!faults || faults.length === 0) return null
  return (
    <ErrorSummary
      heading="There is a problem"
      errorList={faults.map(({ field, message }) => ({
        text: message,
        href: field === '' ? undefined : `#${field}`,
      }))}
    />
  )
}

/** The message for one field, to give to it as `errorMessage`; the first if there are several. */
export function messageFor(
  faults: readonly Fault[] | undefined,
  field: string,
): string | undefined {
  return faults?.find((fault) => fault.field === field)?.message
}
