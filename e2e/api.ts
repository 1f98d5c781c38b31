/** GraphQL as another program speaks it: over HTTP, with a token. */
import { randomUUID } from 'node:crypto'

export type Place = { readonly lng: number; readonly lat: number }
type Row = { readonly [key: string]: unknown }

export type Clock = {
  readonly name: string
  readonly state: string
  readonly deadline: string | null
  readonly breachedAt: string | null
}
export type Fact = {
  readonly position: number
  readonly type: string
  readonly at: string
  readonly recordedAt: string
  readonly clock: string | null
  readonly deadline: string | null
}
export type Incident = {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly clocks: readonly Clock[]
  readonly facts: readonly Fact[]
}
export type Api = {
  ask<T>(query: string, variables?: Row): Promise<T>
  /** `give('report', {…})` is the mutation reportIncident; returns the incident's id. */
  give(verb: string, input: Row): Promise<string>
  incident(id: string): Promise<Incident>
  startDuty(worker: string): Promise<void>
  head(): Promise<number>
  /** The ids of what is open, newest first. */
  openIds(asOf?: string): Promise<string[]>
}

/** Inputs that several verbs share. */
const INPUTS: { readonly [verb: string]: string } = {
  dispatch: 'AssigneeInput',
  accept: 'AssigneeInput',
  withdraw: 'AssigneeInput',
  arrive: 'AssigneeInput',
  pause: 'ReasonInput',
  reopen: 'ReasonInput',
  void: 'ReasonInput',
  restore: 'ReasonInput',
  resume: 'IncidentInput',
  verify: 'IncidentInput',
  close: 'IncidentInput',
}

export function createApi(url: string, token: string): Api {
  const ask = async <T>(query: string, variables: Row = {}): Promise<T> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    })
    const answer = (await response.json()) as { data?: T; errors?: readonly { message: string }[] }
    if (answer.errors !== undefined || answer.data == null)
      throw new Error(`${response.status}: ${JSON.stringify(answer.errors)}`)
    return answer.data
  }
  return {
    ask,
    async give(verb, input) {
      const name = `${verb}Incident`
      const type = INPUTS[verb] ?? `${verb[0]?.toUpperCase()}${verb.slice(1)}IncidentInput`
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { incident { id } } }`
      const answer = await ask<{ [name: string]: { incident: { id: string } } }>(query, {
        input: { commandId: randomUUID(), ...input },
      })
      return answer[name]!.incident.id
    },
    async incident(id) {
      const { incident } = await ask<{ incident: Incident }>(
        `query ($id: ID!) { incident(id: $id) { id number status clocks { name state deadline breachedAt }
          facts { position type at recordedAt clock deadline } } }`,
        { id },
      )
      return incident
    },
    async startDuty(worker) {
      const input = { commandId: randomUUID(), worker }
      await ask('mutation ($input: DutyInput!) { startDuty(input: $input) { position } }', { input })
    },
    head: async () => (await ask<{ head: number }>('{ head }')).head,
    async openIds(asOf) {
      const { incidents } = await ask<{ incidents: { nodes: { id: string }[] } }>(
        'query ($asOf: AsOf) { incidents(filter: { open: true }, first: 1000, asOf: $asOf) { nodes { id } } }',
        { asOf: asOf === undefined ? null : { at: asOf } },
      )
      return incidents.nodes.map(node => node.id)
    },
  }
}
