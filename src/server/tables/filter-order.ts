import { type ColumnFilters, FILTER_NAMES, type FilterStep } from '#api/contract/columns.ts'

type FilterName = (typeof FILTER_NAMES)[number]

function isActive(filters: ColumnFilters, name: FilterName): boolean {
  const rule = filters[name]
  return rule !== undefined && rule !== null && rule !== false
}

/** The filters in their order, those that are switched off among them. */
export function stepsOf(filters: ColumnFilters): FilterStep[] {
  const active = FILTER_NAMES.filter((name) => isActive(filters, name))
  if (!filters.order) return active
  // One that is not set, because it was taken away since, has no place.
  const said = filters.order.filter((step) => typeof step !== 'string' || isActive(filters, step))
  return [...new Set([...said, ...active])]
}

/** `order` as it is stored: undefined where the filters run in their usual order and none is switched off. */
export function normalOrder(filters: ColumnFilters): FilterStep[] | undefined {
  const steps = stepsOf(filters)
  const usual = FILTER_NAMES.filter((name) => isActive(filters, name))
  return steps.length === usual.length && steps.every((step, at) => step === usual[at]) ? undefined : steps
}
