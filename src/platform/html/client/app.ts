import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  Scroll,
  SkipLink,
  Table,
  Tabs,
} from 'nhsuk-frontend'
import { guardAgainstSecondSubmit } from './second-submit.ts'
import { warnBeforeTheEnd } from './idle.ts'
import { offerPasskeys } from './passkey.ts'
import { leaveWithoutTrace } from './quick-exit.ts'
import { pressByRowKeys } from './row-keys.ts'

// Pages look right without this module: only once it runs do they say that scripts do.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

createAll(Button)
createAll(CharacterCount)
createAll(Checkboxes)
createAll(ErrorSummary)
createAll(Header)
createAll(NotificationBanner)
createAll(PasswordInput)
// Elsewhere styles open what goes with a choice.
if (!CSS.supports('selector(:has(*))')) createAll(Radios)
createAll(Scroll)
createAll(SkipLink)
createAll(Table)
createAll(Tabs)
guardAgainstSecondSubmit()
leaveWithoutTrace()
pressByRowKeys()
offerPasskeys()
warnBeforeTheEnd()
