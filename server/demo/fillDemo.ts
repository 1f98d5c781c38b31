import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { checkPolicy } from '#domain/sla/policyCheck.ts'
import type { AreaRow, EventStore, Json } from '../store/eventStore.ts'

const text = z.string()
const json: z.ZodType<Json> = z.json()
const areaFile = z.object({
  features: z.array(
    z.object({
      geometry: json,
      properties: z
        .object({ code: text, parent: text.nullable(), level: text, name: text, households: z.number().nullable() })
        .catchall(json),
    }),
  ),
})
const categoryFile = z.array(z.object({ id: text, name: text, symbol: text, autoConfirm: z.boolean() }))
const peopleFile = z.array(
  z.object({ id: text, name: text, role: text, area: text, leads: z.array(text), telephone: text.nullable() }),
)
const settingsFile = z.record(text, json)

/** Puts the demo street's reference facts into an empty store and marks it as made by the demo. Safe to repeat. */
export async function fillDemo(store: EventStore, folder: string): Promise<void> {
  const read = async <T>(name: string, shape: z.ZodType<T>): Promise<T> =>
    shape.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))
  const areas = await read('areas.geojson', areaFile)
  const settings = await read('settings.json', settingsFile)
  await store.reference.putSetting('demo', true) // first: a start that dies here leaves a store that the demo may fill
  for (const [key, value] of Object.entries(settings)) await store.reference.putSetting(key, value)
  await store.reference.putSetting('sources', await read('sources.json', json))
  await store.reference.putAreas(areas.features.map(areaRow))
  await store.reference.putCategories(await read('categories.json', categoryFile))
  await store.reference.putWorkers(await read('people.json', peopleFile))
  const policies = (await read('policies.json', z.array(json))).map(policy => checkPolicy(policy))
  await store.reference.putPolicies(
    policies.map(checked => {
      if ('errors' in checked) throw new Error(`data/demo/policies.json: ${checked.errors.join('; ')}`)
      return checked.policy
    }),
  )
}

function areaRow({ geometry, properties }: z.infer<typeof areaFile>['features'][number]): AreaRow {
  const { code, parent, level, name, households, ...rest } = properties
  return { code, parent, level, name, households, geometry, validFrom: null, validTo: null, properties: rest }
}
