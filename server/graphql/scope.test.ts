import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../access/viewer.ts'
import { socketServer, subscription } from './testSocket.ts'
import { DISPATCHER, EAST, MINUTE, T0, testWorld, WEST, type World } from './testWorld.ts'

/** Each Query and Subscription field, with every argument that could reach for somebody else's data. */
let world: World
let server: Awaited<ReturnType<typeof socketServer>>
let foreign: { id: string; number: string }
let own: { id: string; number: string }
let secrets: string[]

beforeAll(async () => {
  world = await testWorld()
  server = await socketServer(world)
  const west = await world.does({
    verb: 'report',
    category: 'rubbish',
    title: '西边的事',
    place: WEST,
    source: 'hotline',
  })
  const east = await world.does({ verb: 'report', category: 'fire', title: '东边的事', place: EAST, source: 'hotline' })
  await world.does({ verb: 'dispatch', incident: east, assignee: 'w-east', reason: '东边的理由' })
  for (const worker of ['w-west', 'w-east']) {
    const self = { ...DISPATCHER, role: 'worker' as const, worker }
    await world.positions.setDuty(self, worker, true, { commandId: world.app.random.uuid() })
  }
  world.clock.now = T0 + MINUTE
  for (const [worker, place] of [
    ['w-west', WEST],
    ['w-east', EAST],
  ] as const) {
    const self = { ...DISPATCHER, role: 'worker' as const, worker }
    await world.positions.record(self, worker, [{ ...place, at: T0 + 1000, datum: 'wgs84', source: 'app' }], null)
  }
  world.clock.now = T0 + 10 * MINUTE
  const all = await world.ask('{ incidents { nodes { id number } } }', { token: await world.token('wall', ['310101']) })
  foreign = all.data.incidents.nodes.find((node: { id: string }) => node.id === east)
  own = all.data.incidents.nodes.find((node: { id: string }) => node.id === west)
  secrets = [
    foreign.id,
    foreign.number,
    '东边的事',
    '东边的理由',
    '310101002',
    '东苑',
    'w-east',
    '董冬',
    String(EAST.lng),
  ]
})
afterAll(async () => {
  await server.close()
  await world.close()
})

/** Every field down to some depth; what needs arguments below the root is left to the root. */
function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type)
  if (isUnionType(named)) {
    return `{ __typename ${named
      .getTypes()
      .map(member => `... on ${member.name} ${selection(member, depth)}`)
      .join(' ')} }`
  }
  if (!isObjectType(named)) return ''
  const parts = Object.values(named.getFields()).flatMap((field: GraphQLField<unknown, unknown>) => {
    if (field.args.some(argument => isNonNullType(argument.type))) return []
    const below = isObjectType(getNamedType(field.type)) ? (depth === 0 ? null : selection(field.type, depth - 1)) : ''
    return below === null ? [] : [`${field.name} ${below}`]
  })
  return parts.length === 0 ? '{ __typename }' : `{ ${parts.join(' ')} }`
}

/** Values of an argument that reach for the other community. */
function reaching(name: string, type: GraphQLInputType): unknown[] {
  const bare = getNullableType(type)
  if (isListType(bare)) return reaching(name, bare.ofType).map(value => [value])
  if (isEnumType(bare)) return bare.getValues().map(value => value.name)
  if (isInputObjectType(bare)) {
    if (bare.name === 'LngLatInput') return [EAST]
    if (bare.name === 'GroupInput')
      return [
        { by: 'AREA', key: '310101002' },
        { by: 'WORKER', key: 'w-east' },
      ]
    if (bare.name === 'AsOf')
      return [{ at: new Date(T0 + 5 * MINUTE).toISOString() }, { knownAt: new Date(T0 + 5 * MINUTE).toISOString() }]
    return Object.values(bare.getFields()).flatMap(field =>
      reaching(field.name, field.type).map(value => ({ [field.name]: value, ...goingWith(value) })),
    )
  }
  const known: { [name: string]: unknown[] } = {
    id: [foreign.id],
    worker: ['w-east'],
    code: ['310101002', '31010100201'],
    area: ['310101002', '310101'],
    parent: ['310101', '310101002'],
    level: ['community', 'grid'],
    from: [new Date(T0 - 60 * MINUTE).toISOString()],
    to: [new Date(T0 + 60 * MINUTE).toISOString()],
    step: ['PT1H'],
    reason: ['查看'],
    text: ['东'],
    category: ['fire'],
    source: ['hotline'],
    first: [100],
    worst: [9],
    after: [],
    clock: ['resolve'],
    open: [true, false],
    onDuty: [true, false],
    validAt: [new Date(T0).toISOString()],
    at: [new Date(T0).toISOString()],
  }
  const values = known[name]
  if (values === undefined) throw new Error(`no value to try for the argument ${name}: add one`)
  return values
}

/** What a value is refused without. */
function goingWith(value: unknown): object {
  return value === 'DECIDED_LATE' || value === 'REMOVED_AFTER_BREACH' ? { clock: 'resolve' } : {}
}

/** The required arguments alone, then with each value of each other. */
function attempts(args: readonly GraphQLArgument[]): { [name: string]: unknown }[] {
  const required = Object.fromEntries(
    args
      .filter(argument => isNonNullType(argument.type))
      .map(argument => [argument.name, reaching(argument.name, argument.type)[0]]),
  )
  const varied = args.flatMap(argument =>
    reaching(argument.name, argument.type).map(value => ({ ...required, [argument.name]: value })),
  )
  return [required, ...varied]
}

function documentOf(kind: 'query' | 'subscription', field: GraphQLField<unknown, unknown>, given: object): string {
  const named = field.args.filter(argument => argument.name in given)
  const declared = named.map(argument => `$${argument.name}: ${argument.type}`).join(', ')
  const passed = named.map(argument => `${argument.name}: $${argument.name}`).join(', ')
  const head = declared === '' ? kind : `${kind}(${declared})`
  // A connection has one level more before its things begin; deeper for the others is refused as too much.
  const depth = getNamedType(field.type).name === 'IncidentConnection' ? 3 : 2
  return `${head} { ${field.name}${passed === '' ? '' : `(${passed})`} ${selection(field.type, depth)} }`
}

/** What somebody asked with comes back in error messages; the codes of summaries are those asked for. */
function leaks(data: unknown): string[] {
  const text = JSON.stringify(data ?? null)
  return secrets.filter(secret => text.includes(secret))
}

test.each<Role>([
  'wall',
  'dispatcher',
  'leader',
  'analyst',
  'auditor',
  'admin',
  'section',
  'worker',
  'reporter',
  'device',
])('a %s of one community sees nothing of another through any query', async role => {
  const token = await world.token(role, ['310101001'], role === 'worker' ? 'w-west' : null)
  const fields = Object.values(world.graphql.schema.getQueryType()?.getFields() ?? {})
  let answered = 0
  for (const field of fields) {
    for (const variables of attempts(field.args)) {
      const { data, errors } = await world.ask(documentOf('query', field, variables), { token, variables })
      const where = `${field.name} ${JSON.stringify(variables)}`
      for (const error of errors ?? [])
        expect(['FORBIDDEN', 'NOT_FOUND'], `${where}: ${error.message}`).toContain(error.extensions.code)
      if (data?.[field.name] != null) answered++
      expect(leaks(data), where).toEqual([])
    }
  }
  expect(answered).toBeGreaterThan(20)
})

test('the same questions do find the own community, and the other one for who may see it', async () => {
  const query =
    '{ incidents { nodes { id } } workers { id position { lng } } flow(from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z", step: "P1D") { reported } }'
  const west = await world.ask(query, { token: await world.token('wall', ['310101001']) })
  expect(west.data.incidents.nodes).toEqual([{ id: own.id }])
  expect(west.data.workers).toEqual([{ id: 'w-west', position: { lng: WEST.lng } }])
  expect(west.data.flow.reduce((sum: number, bin: { reported: number }) => sum + bin.reported, 0)).toBe(1)
  const street = await world.ask(query, { token: await world.token('wall', ['310101']) })
  expect(street.data.incidents.nodes).toHaveLength(2)
  expect(street.data.workers).toHaveLength(2)
})

test('above the scope only names are read, and counts count the scope', async () => {
  const { data } = await world.ask(
    '{ area(code: "310101") { name geometry households counts { open } children { code } workers { id } } }',
    {
      token: await world.token('wall', ['310101001']),
    },
  )
  expect(data.area).toEqual({
    name: '试街街道',
    geometry: null,
    households: null,
    counts: { open: 1 },
    children: [{ code: '310101001' }],
    workers: [{ id: 'w-west' }],
  })
})

test('a subscriber of one community hears nothing of another', async () => {
  const fields = Object.values(world.graphql.schema.getSubscriptionType()?.getFields() ?? {})
  const client = server.client(await world.token('wall', ['310101001']))
  const tries = fields.flatMap(field =>
    [{}, { area: '310101002' }, { area: '310101' }].map(area => {
      const variables = field.name === 'changes' ? { ...area, after: 0 } : area
      return { field, variables, stream: subscription(client, documentOf('subscription', field, variables), variables) }
    }),
  )
  await Promise.all(tries.map(({ stream }) => stream.until(() => stream.got.length > 0 || stream.errors() !== null)))
  await world.does({ verb: 'accept', incident: foreign.id, assignee: 'w-east' })
  await world.does({ verb: 'dispatch', incident: own.id, assignee: 'w-west' })
  const hears = tries.filter(({ field, variables }) => field.name === 'changes' && variables.area !== '310101002')
  await Promise.all(hears.map(({ stream }) => stream.until(() => JSON.stringify(stream.got).includes('DISPATCHED'))))
  for (const { field, variables, stream } of tries) {
    expect(stream.errors(), field.name).toBeNull()
    expect(leaks(stream.got), `${field.name} ${JSON.stringify(variables)}`).toEqual([])
  }
})

test('of a helper from elsewhere is told who it is, not where, nor whether at work', async () => {
  await world.does({ verb: 'dispatch', incident: own.id, assignee: 'w-east' })
  const query = '{ incidents { nodes { assignees { id onDuty position { lng } leads } } } }'
  const { data } = await world.ask(query, { token: await world.token('wall', ['310101001']) })
  const helper = data.incidents.nodes[0].assignees.find(({ id }: { id: string }) => id === 'w-east')
  expect(helper).toEqual({ id: 'w-east', onDuty: false, position: null, leads: [] })
})

test('an administrator sees nowhere where people are', async () => {
  const token = await world.token('admin', ['310101'])
  const { data } = await world.ask('{ workers { id onDuty position { lng } } }', { token })
  expect(data.workers).toEqual(['w-east', 'w-west'].map(id => ({ id, onDuty: true, position: null })))
  const stream = subscription(server.client(token), 'subscription { positions { workers { lng } } }')
  await stream.until(() => stream.got.length > 0 || stream.errors() !== null)
  expect(stream.errors()).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
})
