import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  executeSubscriptionEvent,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  mapSourceToResponseEvent,
  specifiedRules,
  type ValidatedSubscriptionArgs,
  validate,
  validateSubscriptionArgs,
} from 'graphql'
import type { ServerOptions } from 'graphql-ws'
import type { Context, GraphqlDeps } from './context.ts'
import { type Caller, errorOf, executeOnce, made } from './execution.ts'
import { limitRules, parseDocument } from './limits.ts'
import { openReading } from './reading.ts'
import { languageOf, Refusal, UNAUTHENTICATED } from './refusal.ts'

type Params = Record<string, unknown> | undefined
type SocketExtra = {
  request?: { headers: { [name: string]: string | string[] | undefined } }
  socket?: { close(code: number, reason: string): void; send(text: string, done: (error?: Error | null) => void): void }
}
export type SocketOptions = ServerOptions<Params, SocketExtra>
/** `send`: one result of this subscription, as its text; false: the socket has gone. */
type SocketCaller = Caller & { readonly key: string; readonly send: (resultText: string) => Promise<boolean> }
type SocketArgs = ExecutionArgs & { contextValue: SocketCaller }

/** A wall follows two streams; whoever follows more than this is refused, so that one socket cannot stall the others. */
export const MOST_RUNNING = 20
const UNAUTHORIZED = 4401

/**
 * The server options of graphql-ws. A document is checked as over HTTP; queries and mutations are executed as over HTTP;
 * of a subscription each event is executed in a reading of its own, once for all subscribers that see the same.
 */
export function socketOptions(deps: GraphqlDeps, schema: GraphQLSchema): SocketOptions {
  const documents = documentCache(schema)

  async function callerOf(
    params: Params,
    headers: { [name: string]: string | string[] | undefined } | undefined,
  ): Promise<Caller> {
    const authorization = text(params?.['authorization']) ?? text(params?.['Authorization'])
    const language = languageOf(text(params?.['acceptLanguage']) ?? text(headers?.['accept-language']))
    return { viewer: await deps.viewerOf(authorization), authorization, language }
  }

  return {
    /** Whoever comes without a token in force is told so at once, and holds no socket. */
    async onConnect(socket) {
      const { viewer } = await callerOf(socket.connectionParams, socket.extra?.request?.headers)
      if (viewer !== null) return true
      socket.extra?.socket?.close(UNAUTHORIZED, 'Unauthorized')
      return false
    },
    async onSubscribe(socket, id, payload) {
      // This one is among them already; counted before anything is waited for, or those that come together all count.
      const isTooMany = Object.keys(socket.subscriptions).length > MOST_RUNNING
      const caller = await callerOf(socket.connectionParams, socket.extra?.request?.headers)
      if (caller.viewer === null) return [errorOf(deps, caller, UNAUTHENTICATED)]
      if (isTooMany) return [errorOf(deps, caller, TOO_MANY)]
      const document = documents(payload.query)
      if (Array.isArray(document)) return document.map(error => errorOf(deps, caller, error))
      if ('kind' in document) {
        const variableValues = payload.variables ?? undefined
        const { role, areas, worker, tokenId } = caller.viewer
        const own = role === 'reporter' || role === 'device' ? tokenId : ''
        const same = [payload.query, payload.operationName, variableValues, caller.language, role, areas, worker, own]
        const key = keyOf(same)
        if (key === null) return [errorOf(deps, caller, TOO_DEEP)]
        return {
          schema,
          document,
          variableValues,
          operationName: payload.operationName,
          contextValue: { ...caller, key, send: sender(socket.extra?.socket, id) },
        }
      }
      return [new GraphQLError('unreadable document')]
    },
    execute: args => executeOnce(deps, callerIn(args), args as SocketArgs),
    subscribe: args => subscribeShared(deps, args as SocketArgs),
    onNext: (_socket, _id, _payload, _args, result) =>
      result.errors === undefined ? undefined : { ...result, errors: result.errors.map(plain) },
    onError: (socket, _id, _payload, errors) => {
      const language = languageOf(
        text(socket.connectionParams?.['acceptLanguage']) ?? text(socket.extra?.request?.headers['accept-language']),
      )
      return errors.map(error => plain(errorOf(deps, { language }, error)))
    },
  }
}

const TOO_MANY = new Refusal('RATE_LIMITED', {
  en: `At most ${MOST_RUNNING} operations at once on one socket; end some first`,
  zh: `一个连接最多同时运行 ${MOST_RUNNING} 个操作，请先结束一些`,
})
const TOO_DEEP = new Refusal('BAD_INPUT', { en: 'The variables go too deep', zh: '变量嵌套过深' })

/** Null: it goes deeper than can be written. */
function keyOf(parts: readonly unknown[]): string | null {
  try {
    return JSON.stringify(parts)
  } catch {
    return null
  }
}

async function subscribeShared(
  deps: GraphqlDeps,
  args: SocketArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const caller = args.contextValue
  if (caller.viewer === null) return { errors: [errorOf(deps, caller, UNAUTHENTICATED)] }
  const { viewer } = caller
  const { language, authorization } = caller
  const reading = await openReading(deps.app, viewer)
  const contextValue: Context = { deps, reading, language, authorization }
  try {
    const validated = validateSubscriptionArgs({ ...args, contextValue })
    if (!('schema' in validated)) return { errors: validated.map(error => errorOf(deps, caller, error)) }
    const stream = await createSourceEventStream(validated)
    if (!(Symbol.asyncIterator in stream)) return made(deps, caller, stream)
    return relayed(deps, caller, mapSourceToResponseEvent(validated, stream, forEvent(deps, caller, caller.key)))
  } finally {
    await reading.close()
  }
}

/** Answers already made for an event, by what was asked of it: it dies with the event. */
const answers = new WeakMap<object, Map<string, Promise<ExecutionResult>>>()

function forEvent(deps: GraphqlDeps, caller: Caller, key: string) {
  return (args: ValidatedSubscriptionArgs): Promise<ExecutionResult> => {
    const event = args.rootValue
    if (typeof event !== 'object' || event === null) return executeEvent(deps, caller, args)
    const known = answers.get(event) ?? new Map<string, Promise<ExecutionResult>>()
    answers.set(event, known)
    const answer = known.get(key) ?? executeEvent(deps, caller, args)
    known.set(key, answer)
    return answer
  }
}

async function executeEvent(
  deps: GraphqlDeps,
  caller: Caller,
  args: ValidatedSubscriptionArgs,
): Promise<ExecutionResult> {
  if (caller.viewer === null) return { errors: [errorOf(deps, caller, UNAUTHENTICATED)] }
  const { language, authorization } = caller
  const reading = await openReading(deps.app, caller.viewer)
  try {
    const contextValue: Context = { deps, reading, language, authorization }
    return made(deps, caller, await executeSubscriptionEvent({ ...args, contextValue }))
  } finally {
    await reading.close()
  }
}

/** The text of an answer, made once for all who are told it. */
const texts = new WeakMap<ExecutionResult, string>()

function textOf(result: ExecutionResult): string {
  const text = texts.get(result) ?? JSON.stringify(result)
  texts.set(result, text)
  return text
}

function sender(socket: NonNullable<SocketExtra['socket']> | undefined, id: string): SocketCaller['send'] {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`
  return resultText =>
    new Promise(resolve => {
      if (socket === undefined) resolve(false)
      else socket.send(`${head}${resultText}}`, error => resolve(error === undefined || error === null))
    })
}

/**
 * Sends what the stream brings, each when the one before has gone, and leaves to graphql-ws only errors and the end. A
 * stream that breaks tells its subscriber why, as a GraphQL error, and ends; the socket stays.
 */
function relayed(
  deps: GraphqlDeps,
  caller: SocketCaller,
  stream: AsyncGenerator<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  let isOver = false
  const end = { done: true, value: undefined } as const
  return {
    // Not a generator: its `return` would wait for the event that the subscriber no longer wants.
    async next() {
      try {
        while (!isOver) {
          const item = await stream.next()
          if (item.done || item.value.errors !== undefined) return item
          if (!isOver && !(await caller.send(textOf(item.value)))) isOver = true
        }
        return end
      } catch (error) {
        if (isOver) return end
        isOver = true
        return { done: false, value: { errors: [errorOf(deps, caller, error)] } }
      }
    },
    async return() {
      isOver = true
      await stream.return(undefined)
      return end
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** Parsed and validated documents, the latest few hundred: a thousand screens send the same one. */
function documentCache(schema: GraphQLSchema) {
  const known = new Map<string, DocumentNode | readonly GraphQLError[]>()
  return (query: string) => {
    const held = known.get(query) ?? read(query)
    known.delete(query)
    known.set(query, held)
    const [oldest] = known.keys()
    if (known.size > 300 && oldest !== undefined) known.delete(oldest)
    return held
  }
  function read(query: string): DocumentNode | readonly GraphQLError[] {
    try {
      const document = parseDocument(query)
      const errors = validate(schema, document, [...specifiedRules, ...limitRules])
      return errors.length === 0 ? document : errors
    } catch (error) {
      return [error instanceof GraphQLError ? error : new GraphQLError('unreadable document')]
    }
  }
}

/** What an error tells HTTP is nothing to a socket. */
function plain(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON()
  const { http, ...told } = extensions ?? {}
  return { ...rest, extensions: told }
}

function callerIn(args: ExecutionArgs): Caller {
  return (args as SocketArgs).contextValue
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
