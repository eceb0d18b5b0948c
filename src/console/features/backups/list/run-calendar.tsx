import { useQuery } from '@tanstack/react-query'
import { useRef, type KeyboardEvent } from 'react'

import { protection } from '#console/data/protection.ts'
import { useNow } from '#console/lib/use-now.ts'
import { WEEKDAYS } from '#console/lib/weekdays.ts'
import { Panel } from '#console/ui/panel.tsx'

import { calendarWeeks, placeByKey } from './calendar-days.ts'
import { CalendarLegend, DayCell } from './day-cell.tsx'

const TITLE = 'Runs of the last 35 days'
const HOUR_MS = 3_600_000

interface RunCalendarProps {
  workspaceId: number
  /** The day that the list is narrowed to. */
  chosen: string | undefined
  onChoose: (day: string | undefined) => void
}

/** The runs of the last 35 days, a cell a day: press one to see its runs. Arrow keys move between days with runs. */
export function RunCalendar({ workspaceId, chosen, onChoose }: RunCalendarProps) {
  const { data, isLoadingError } = useQuery(protection.list(workspaceId))
  const now = useNow(HOUR_MS)
  const body = useRef<HTMLTableSectionElement>(null)
  const weeks = calendarWeeks(data?.find((item) => item.workspaceId === workspaceId)?.calendar ?? [], now)
  const cells = weeks.flat()
  const places = cells.flatMap((cell, place) => (cell?.run === undefined ? [] : [place]))
  const chosenPlace = cells.findIndex((cell) => cell?.run !== undefined && cell.day === chosen)
  const entry = chosenPlace >= 0 ? chosenPlace : places.at(-1)

  function handleKey(event: KeyboardEvent, from: number) {
    const to = placeByKey(places, from, event.key)
    if (to === from) return
    event.preventDefault()
    body.current?.querySelector<HTMLElement>(`[data-place="${to}"]`)?.focus()
  }

  if (isLoadingError) {
    return (
      <Panel title={TITLE}>
        <p className="text-sm text-warning">The runs could not be read, so no day says anything.</p>
      </Panel>
    )
  }
  return (
    <Panel title={TITLE} actions={<span className="text-xs text-muted">days in UTC</span>}>
      <table
        aria-label="Runs by day, in UTC"
        aria-busy={data === undefined}
        className="w-full table-fixed border-separate border-spacing-0.5 text-xs"
      >
        <thead>
          <tr>
            {WEEKDAYS.map(({ label, name }) => (
              <th key={label} scope="col" abbr={name} className="pb-0.5 font-medium text-muted">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {weeks.map((week, row) => (
            <tr key={week.find((cell) => cell !== null)?.day}>
              {week.map((cell, column) => {
                const place = row * WEEKDAYS.length + column
                return (
                  <td key={WEEKDAYS[column]?.label} className="p-0">
                    {cell && (
                      <DayCell
                        cell={cell}
                        place={place}
                        isEntry={place === entry}
                        isChosen={cell.day === chosen}
                        onChoose={onChoose}
                        onKey={handleKey}
                      />
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <CalendarLegend />
    </Panel>
  )
}
