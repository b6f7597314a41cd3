import { describeField, FormGroup, type AroundInput, type FieldOptions } from './field.tsx'
import type { FormGroupOptions } from './field.tsx'
import { Label, type LabelOptions } from './label.tsx'
import {
  classNames,
  hasWords,
  present,
  slot,
  spread,
  wording,
  type Attributes,
  type Common,
  type Items,
  type Options,
  type Slot,
} from './options.ts'

/** One choice of a select. Without a `value`, its text is its value. */
export type SelectItem = Options<{
  value: string
  text: string
  selected: boolean
  disabled: boolean
  attributes: Attributes
  divider: boolean | string
}>

/** Options of a select. `value` chooses the item with that value. */
type SelectOptions = Common &
  FieldOptions &
  Options<{
    name: string
    label: Slot<LabelOptions>
    items: Items<SelectItem>
    value: string
    disabled: boolean
    inputWrapper: Options<{ classes: string; attributes: Attributes }>
    formGroup: FormGroupOptions & AroundInput
  }>

function Choice({
  item,
  chosen,
}: {
  readonly item: SelectItem
  readonly chosen?: string | undefined
}) {
  if (item.divider) return <hr />
  const isChosen = Boolean(chosen) && (item.value ?? item.text) === chosen
  return (
    <option
      value={item.value}
      selected={item.selected || (isChosen && item.selected !== false)}
      disabled={item.disabled}
      {...spread(item.attributes)}
    >
      {item.text}
    </option>
  )
}

/** A list to choose one from. Radios are easier for most people: use it for long lists only. */
export function Select(options: SelectOptions) {
  const { formGroup = {}, inputWrapper = {}, name } = options
  const id = options.id || name || ''
  const { hasError, describedBy, hintAndError } = describeField(id, options)
  const label = slot<LabelOptions>(options.label)
  const { beforeInput = {}, afterInput = {} } = formGroup
  const select = (
    <select
      class={classNames('nhsuk-select', hasError && 'nhsuk-select--error', options.classes)}
      id={id}
      name={name}
      disabled={options.disabled}
      aria-describedby={describedBy}
      {...spread(options.attributes)}
    >
      {present(options.items).map((item) => Choice({ item, chosen: options.value }))}
    </select>
  )
  const wrapped =
    [beforeInput, afterInput].some(hasWords) || inputWrapper.classes || inputWrapper.attributes
  return (
    <FormGroup classes={formGroup.classes} attributes={formGroup.attributes} hasError={hasError}>
      {Label({ ...label, for: label.for ?? id })}
      {hintAndError}
      {wrapped ? (
        <div
          class={classNames('nhsuk-input-wrapper', inputWrapper.classes)}
          {...spread(inputWrapper.attributes)}
        >
          {wording(beforeInput)}
          {select}
          {wording(afterInput)}
        </div>
      ) : (
        select
      )}
    </FormGroup>
  )
}
