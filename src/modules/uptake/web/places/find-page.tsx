import { Breadcrumb, Button, Form, Input, Layout, Table } from '#platform/html'
import type { FoundPractice } from '../../queries/figures/public-months.ts'
import { formatPlaceName, pathOf } from './words.ts'

/** Finds a practice by its name or code. */
export function FindPage(props: {
  readonly search: string
  readonly found: readonly FoundPractice[]
}) {
  const { search, found } = props
  return (
    <Layout
      title="Find a practice"
      before={<Breadcrumb items={[{ text: 'England', href: '/uptake' }]} />}
    >
      <h1 class="nhsuk-heading-l">Find a practice</h1>
      <Form action="/uptake/find" method="get">
        <Input
          id="search"
          name="search"
          label={{ text: 'Name or code of the practice' }}
          hint={{ text: 'For example, Willow or A81001' }}
          value={search}
          width={20}
        />
        <Button text="Find" />
      </Form>
      {search !== '' && <Found search={search} found={found} />}
    </Layout>
  )
}

function Found({
  search,
  found,
}: {
  readonly search: string
  readonly found: readonly FoundPractice[]
}) {
  if (found.length === 0) {
    return (
      <p>
        No practice is found for “{search}”. Check the spelling, try one word of the name, or look
        for it <a href="/uptake">region by region</a>.
      </p>
    )
  }
  return (
    <Table
      caption={found.length === 50 ? 'The first 50 found' : `${found.length} found`}
      responsive
      head={['Practice', 'Code', 'Where'].map((text) => ({ text }))}
      rows={found.map(({ code, name, placeName }) => [
        {
          header: 'Practice',
          html: <a href={pathOf('practice', code)}>{formatPlaceName(name)}</a>,
        },
        { header: 'Code', text: code },
        { header: 'Where', text: formatPlaceName(placeName ?? 'Not told') },
      ])}
    />
  )
}
