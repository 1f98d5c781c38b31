/** The conditions of an IncidentQuery as SQL over `incidents i`. */
import type { IncidentQuery } from './eventStore.ts'
import type { Parameter } from './steps.ts'

export type Search = { readonly from: string; readonly order: string; readonly parameters: Parameter[] }

export function incidentSearch(search: IncidentQuery): Search {
  const conditions: string[] = []
  const parameters: Parameter[] = []
  const where = (condition: string, ...values: Parameter[]) => {
    conditions.push(condition)
    parameters.push(...values)
  }
  const lead = leadingArea(search)
  const key = lead === null ? { firstAt: 'i.first_at', id: 'i.id' } : { firstAt: 'd.first_at', id: 'd.incident' }
  const current = search.everPlaced ? '' : ' and s.is_current = 1'
  const placed = `exists (select 1 from incident_areas s where s.incident = i.id and s.area = any(?)${current})`

  if (lead !== null) where(`i.id = d.incident and d.area = ?${search.everPlaced ? '' : ' and d.is_current = 1'}`, lead)
  if (search.ids) where('i.id = any(?)', search.ids)
  if (search.scope && search.scope[0] !== lead) where(placed, search.scope)
  if (search.areas && (lead === null || search.areas[0] !== lead)) where(placed, search.areas)
  if (search.open !== undefined) where(`i.is_open = ${search.open ? 1 : 0}`)
  if (search.status) where('i.status = any(?)', search.status)
  if (search.category) where('i.category = any(?)', search.category)
  if (search.source) where('i.source = any(?)', search.source)
  if (search.tier) where('i.tier = any(?)', search.tier)
  if (search.firstActor !== undefined) where('i.first_actor = ?', search.firstActor)
  if (search.from !== undefined) where(`${key.firstAt} >= ?`, search.from)
  if (search.to !== undefined) where(`${key.firstAt} < ?`, search.to)
  if (search.firstAtMost !== undefined) where(`${key.firstAt} <= ?`, search.firstAtMost)
  if (search.openOrChangedAfter) {
    const { at, recordedAt } = search.openOrChangedAfter
    // Each part by its own index: `or` would walk through all that ever happened.
    const [open, happened, recorded] = ['is_open = 1', 'last_at > ?', 'last_recorded_at > ?'].map(
      condition => `select id from incidents where ${condition}`,
    )
    where(`i.id in (${open} union ${happened} union ${recorded})`, at, recordedAt)
  }
  if (search.text)
    where("(i.number ilike ? escape '\\' or i.title ilike ? escape '\\')", like(search.text), like(search.text))
  if (search.after) {
    const { firstAt, id } = search.after
    // The first condition alone bounds the walk through the index.
    where(`${key.firstAt} <= ? and (${key.firstAt} < ? or ${key.id} > ?)`, firstAt, firstAt, id)
  }
  const tables = lead === null ? 'incidents i' : 'incident_areas d cross join incidents i'
  return {
    from: `from ${tables}${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''}`,
    order: `order by ${key.firstAt} desc, ${key.id}`,
    parameters,
  }
}

/** The one area by whose index the incidents are walked: better than all incidents, unless few are open or named. */
function leadingArea({ areas, scope, open, ids, openOrChangedAfter, firstActor }: IncidentQuery): string | null {
  if (open === true || ids || openOrChangedAfter || firstActor !== undefined) return null
  const single = [areas, scope].find(codes => codes?.length === 1)
  return single?.[0] ?? null
}

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
