import { describeField, FormGroup, type AroundInput, type FieldOptions } from './field.tsx'
import type { FormGroupOptions } from './field.tsx'
import { Label, type LabelOptions } from './label.tsx'
import {
  classNames,
  slot,
  spread,
  wording,
  type Common,
  type Options,
  type Slot,
} from './options.ts'

/** Options of a textarea. `id` is the name if not given; `rows` is 5. */
export type TextareaOptions = Common &
  FieldOptions &
  Options<{
    name: string
    label: Slot<LabelOptions>
    value: string
    rows: number
    spellcheck: boolean
    autocomplete: string
    disabled: boolean
    formGroup: FormGroupOptions & AroundInput
  }>

/** A field of several lines. A first line break in `value` is kept, which HTML would drop. */
export function Textarea(options: TextareaOptions) {
  const { formGroup = {}, name, value } = options
  const id = options.id || name || ''
  const { hasError, describedBy, hintAndError } = describeField(id, options)
  const label = slot<LabelOptions>(options.label)
  return (
    <FormGroup classes={formGroup.classes} attributes={formGroup.attributes} hasError={hasError}>
      {Label({ ...label, for: label.for ?? id })}
      {hintAndError}
      {wording(formGroup.beforeInput ?? {})}
      <textarea
        class={classNames('nhsuk-textarea', hasError && 'nhsuk-textarea--error', options.classes)}
        id={id}
        name={name}
        rows={options.rows || 5}
        spellcheck={options.spellcheck}
        disabled={options.disabled}
        aria-describedby={describedBy}
        autocomplete={options.autocomplete}
        {...spread(options.attributes)}
      >
        {value?.startsWith('\n') ? `\n${value}` : value}
      </textarea>
      {wording(formGroup.afterInput ?? {})}
    </FormGroup>
  )
}
