import {
  choiceHintId,
  choiceId,
  ChoiceList,
  ChoiceWords,
  Conditional,
  InFieldset,
  type ChoiceItem,
  type ChoicesOptions,
} from './choices.tsx'
import { describeField, FormGroup } from './field.tsx'
import { classNames, spread, type Options } from './options.ts'

/** Options of radios. `value` chooses the item with that value. */
type RadiosOptions = ChoicesOptions<ChoiceItem> & Options<{ value: string }>

function Radio(props: {
  readonly options: RadiosOptions
  readonly item: ChoiceItem
  readonly id: string
}) {
  const { options, item, id } = props
  if (item.divider) return <div class="nhsuk-radios__divider">{item.divider}</div>
  const checked =
    item.checked ||
    (Boolean(options.value) && item.value === options.value && item.checked !== false)
  return (
    <>
      <div class="nhsuk-radios__item">
        <input
          class={classNames('nhsuk-radios__input', item.classes)}
          id={id}
          name={options.name}
          type="radio"
          value={item.value ?? ''}
          checked={checked}
          disabled={item.disabled || (item.disabled !== false && options.disabled)}
          data-aria-controls={item.conditional?.html ? `conditional-${id}` : undefined}
          aria-describedby={choiceHintId(item, id)}
          {...spread(item.attributes)}
        />
        <ChoiceWords kind="radios" item={item} id={id} />
      </div>
      <Conditional kind="radios" item={item} id={id} checked={checked} />
    </>
  )
}

/** Choose one of several. Nothing is chosen at first unless `value` or an item says so. */
export function Radios(options: RadiosOptions) {
  const { formGroup = {}, fieldset } = options
  const idPrefix = options.idPrefix || options.name || ''
  const { hasError, describedBy, hintAndError } = describeField(idPrefix, {
    ...options,
    describedBy: (fieldset && fieldset.describedBy) || undefined,
  })
  return (
    <FormGroup classes={formGroup.classes} attributes={formGroup.attributes} hasError={hasError}>
      <InFieldset fieldset={fieldset} describedBy={describedBy}>
        {hintAndError}
        <ChoiceList kind="radios" options={options}>
          {(options.items ?? []).map(
            (item, index) =>
              item && <Radio options={options} item={item} id={choiceId(idPrefix, item, index)} />,
          )}
        </ChoiceList>
      </InFieldset>
    </FormGroup>
  )
}
