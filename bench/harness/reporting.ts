import { randomUUID } from 'node:crypto'
import { IN_GRID } from './folder.ts'

const QUERY = 'mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { position replayed } }'

/** Machine-wide milliseconds: two processes of one machine may compare them. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6

/** Reports an incident in the demo street and returns the position that was acknowledged. */
export async function report(
  url: string,
  token: string,
  { commandId = randomUUID(), title = '人行道上有占道经营' }: { commandId?: string; title?: string } = {},
): Promise<{ readonly position: number; readonly replayed: boolean; readonly acknowledgedMs: number }> {
  const input = { commandId, category: 'streetTrading', title, place: IN_GRID }
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: QUERY, variables: { input } }),
  })
  const acknowledgedMs = machineMs()
  const { data, errors } = (await response.json()) as {
    data?: { reportIncident: { position: number; replayed: boolean } }
    errors?: object
  }
  if (data?.reportIncident == null) throw new Error(JSON.stringify(errors))
  return { ...data.reportIncident, acknowledgedMs }
}
