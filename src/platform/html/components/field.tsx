import type { ComponentChildren } from 'preact'
import { ErrorMessage, type ErrorMessageOptions } from './error-message.tsx'
import { Hint, type HintOptions } from './hint.tsx'
import {
  classNames,
  hasWords,
  slot,
  spread,
  type Attributes,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** What surrounds a field: its classes and attributes, and what stands just before and after. */
export type FormGroupOptions = Options<{ classes: string; attributes: Attributes }>

/** What may stand just before and after the one element of a field. */
export type AroundInput = Options<{ beforeInput: Words; afterInput: Words }>

/** What may stand just before and after the several elements of a field. */
export type AroundInputs = Options<{ beforeInputs: Words; afterInputs: Words }>

/** Options shared by every field. `errorMessage: true` marks the field without saying why. */
export type FieldOptions = Options<{
  hint: Slot<HintOptions>
  errorMessage: Slot<ErrorMessageOptions> | true
  describedBy: string
}>

/** The hint and error of a field, and what to put into its `aria-describedby`. */
export function describeField(id: string, options: FieldOptions) {
  const hint = slot<HintOptions>(options.hint)
  const error = slot<ErrorMessageOptions>(options.errorMessage)
  const hintId = hasWords(hint) && (hint.id ?? `${id}-hint`)
  const errorId = hasWords(error) && (error.id ?? `${id}-error`)
  return {
    hasError: hasWords(error) || options.errorMessage === true,
    describedBy: classNames(options.describedBy, hintId, errorId) || undefined,
    hintAndError: (
      <>
        {hintId && Hint({ ...hint, id: hintId })}
        {errorId && ErrorMessage({ ...error, id: errorId })}
      </>
    ),
  }
}

/** The box around a label, its hint, its error and its field. */
export function FormGroup(
  props: FormGroupOptions & { readonly hasError: boolean; readonly children: ComponentChildren },
) {
  return (
    <div
      class={classNames(
        'nhsuk-form-group',
        props.hasError && 'nhsuk-form-group--error',
        props.classes,
      )}
      {...spread(props.attributes)}
    >
      {props.children}
    </div>
  )
}
