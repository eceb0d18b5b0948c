import { useUrlParams } from '#console/lib/use-url-params.ts'

import { readRowView, writeRowView, type RowView } from './row-search-params.ts'

/** Filters and order of the rows, kept in the address. */
export function useRowView() {
  const [params, setParams] = useUrlParams()

  function setView(change: Partial<RowView>) {
    setParams((before) => writeRowView(before, { ...readRowView(before), ...change }), { preventScrollReset: true })
  }

  return { view: readRowView(params), setView }
}
