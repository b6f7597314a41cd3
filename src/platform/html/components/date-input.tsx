import { InFieldset } from './choices.tsx'
import { describeField, FormGroup, type AroundInputs, type FieldOptions } from './field.tsx'
import type { FormGroupOptions } from './field.tsx'
import type { FieldsetOptions } from './fieldset.tsx'
import { Input, type InputOptions } from './input.tsx'
import type { LabelOptions } from './label.tsx'
import {
  classNames,
  slot,
  spread,
  wording,
  type Common,
  type Items,
  type Options,
} from './options.ts'

/** One part of a date. `error` marks this part alone as wrong. */
type DateItem = Omit<InputOptions, 'errorMessage' | 'hint' | 'formGroup'> &
  Options<{ error: boolean }>

/** Options of a date input. A part that is `false` is not asked for. */
type DateInputOptions = Common &
  FieldOptions &
  Options<{
    namePrefix: string
    items: Items<DateItem>
    day: DateItem | false
    month: DateItem | false
    year: DateItem | false
    values: Readonly<Record<string, string | undefined>>
    disabled: boolean
    fieldset: FieldsetOptions | false | null
    formGroup: FormGroupOptions & AroundInputs
  }>

const ERROR_CLASS = 'nhsuk-input--error'

function itemsOf(options: DateInputOptions): Items<DateItem> {
  if (options.items?.length) return options.items
  return (['day', 'month', 'year'] as const).map((name) => {
    const item = options[name] ?? {}
    return item && { ...item, name: item.name ?? name }
  })
}

function isWrong(item: DateItem): boolean {
  return Boolean(item.error) || Boolean(item.classes?.includes(ERROR_CLASS))
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()
}

type PartProps = {
  readonly options: DateInputOptions
  readonly item: DateItem
  readonly allWrong: boolean
}

function DatePart({ options, item, allWrong }: PartProps) {
  const { name = '', classes } = item
  const label = slot<LabelOptions>(item.label)
  const isYear = name === 'year' || (options.year && name === options.year.name)
  const wrong = isWrong(item) || (item.error !== false && allWrong)
  return (
    <div class="nhsuk-date-input__item">
      <Input
        {...item}
        label={{
          ...label,
          text: label.text ?? capitalised(name),
          classes: classNames('nhsuk-date-input__label', label.classes),
        }}
        errorMessage={wrong && !classes?.includes(ERROR_CLASS) ? true : undefined}
        id={item.id || `${options.id}-${name}`}
        name={options.namePrefix ? `${options.namePrefix}[${name}]` : name}
        value={item.value ?? options.values?.[name]}
        width={item.width ?? (isYear ? 4 : 2)}
        inputmode={item.inputmode || 'numeric'}
        disabled={item.disabled ?? options.disabled}
        classes={classNames('nhsuk-date-input__input', classes)}
      />
    </div>
  )
}

/** A date that people know by heart, such as a date of birth, in three fields. */
export function DateInput(options: DateInputOptions) {
  const { formGroup = {}, fieldset, id = '' } = options
  const items = itemsOf(options)
  const { hasError, describedBy, hintAndError } = describeField(id, {
    ...options,
    describedBy: (fieldset && fieldset.describedBy) || undefined,
  })
  const anyWrong = items.some((item) => item && isWrong(item))
  return (
    <FormGroup
      classes={formGroup.classes}
      attributes={formGroup.attributes}
      hasError={hasError || anyWrong}
    >
      <InFieldset
        fieldset={fieldset && { ...fieldset, role: fieldset.role ?? 'group' }}
        describedBy={describedBy}
      >
        {hintAndError}
        <div
          class={classNames('nhsuk-date-input', options.classes)}
          id={options.id}
          {...spread(options.attributes)}
        >
          {wording(formGroup.beforeInputs ?? {})}
          {items.map(
            (item) =>
              item && <DatePart options={options} item={item} allWrong={hasError && !anyWrong} />,
          )}
          {wording(formGroup.afterInputs ?? {})}
        </div>
      </InFieldset>
    </FormGroup>
  )
}
