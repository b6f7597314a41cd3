import { Refused } from '#platform/http'
import type { Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { RefusedPage } from '../refused-page.tsx'

/** Leaves, saying who decides, where the person may see appointments but not book them. */
export async function mustManage(tx: Tx<Acting<'appointments'>>): Promise<void> {
  const { appointments } = await permissionsOf(tx)
  if (appointments === 'manage') return
  const practice = await ownPractice(tx)
  throw new Refused(
    <RefusedPage
      refusal={{ reason: 'view-only' }}
      terms={undefined}
      others={[]}
      practice={practice}
    />,
  )
}
