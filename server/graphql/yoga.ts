import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql'
import { createYoga, type Plugin, type YogaInitialContext } from 'graphql-yoga'
import type { Viewer } from '../access/viewer.ts'
import { textUpTo } from '../http/bodyText.ts'
import type { GraphqlDeps } from './context.ts'
import { asksForSchemaOnly, errorOf, executeOnce } from './execution.ts'
import { limitRules, parseDocument } from './limits.ts'
import { languageOf, Refusal, UNAUTHENTICATED } from './refusal.ts'
import { makeSchema } from './schema.ts'
import { type SocketOptions, socketOptions } from './socket.ts'

const MAX_BODY_BYTES = 8_000_000
const TOO_LARGE = 'A request may have 8 million bytes at most'

export type { GraphqlDeps } from './context.ts'
export type Graphql = {
  readonly schema: GraphQLSchema
  /** Answers /graphql; `fetch` needs no server, so tests call it as it is. */
  readonly yoga: { fetch(request: Request): Promise<Response> }
  /** What `useServer` of graphql-ws needs to serve the same schema on the same path. */
  readonly socket: SocketOptions
}

export function createGraphql(deps: GraphqlDeps): Graphql {
  const schema = makeSchema()
  const yoga = createYoga({
    schema,
    graphqlEndpoint: '/graphql',
    plugins: [edge(deps)],
    maskedErrors: false, // `edge` does it for every result, also for those that Yoga makes itself
    logging: false,
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: false, // `edge` reads it: Yoga's own check pipes every body through a stream of its own
  })
  return { schema, yoga: { fetch: async request => yoga.fetch(request) }, socket: socketOptions(deps, schema) }
}

/** Where a request enters and an answer leaves. */
function edge(deps: GraphqlDeps): Plugin {
  const viewers = new WeakMap<Request, Viewer | null>()
  /** Requests that could be read as such, whatever they ask. */
  const read = new WeakSet<Request>()
  return {
    onRequestParse({ request, requestParser, setRequestParser, fetchAPI }) {
      if (requestParser === undefined || request.body === null) return
      setRequestParser(async whole => {
        const body = await textUpTo(whole, MAX_BODY_BYTES)
        if (body === null) throw new GraphQLError(TOO_LARGE, { extensions: { http: { status: 413 } } })
        return requestParser(new fetchAPI.Request(whole.url, { method: whole.method, headers: whole.headers, body }))
      })
    },
    /** Whoever has no token is told so before any work is done on what they ask. */
    async onParams({ request, params, setResult }) {
      read.add(request)
      const viewer = await deps.viewerOf(request.headers.get('authorization'))
      viewers.set(request, viewer)
      if (viewer === null && !mayBeSchemaOnly(params.query, params.operationName))
        setResult({ errors: [new GraphQLError('', { originalError: UNAUTHENTICATED })] })
    },
    onParse({ setParseFn }) {
      setParseFn(parseDocument)
    },
    onValidate({ addValidationRule }) {
      for (const rule of limitRules) addValidationRule(rule)
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn(async (args: ExecutionArgs) => {
        const { request } = args.contextValue as YogaInitialContext
        const { headers } = request
        const authorization = headers.get('authorization')
        const language = languageOf(headers.get('accept-language'))
        const viewer = viewers.get(request) ?? null
        return executeOnce(deps, { viewer, authorization, language }, args)
      })
    },
    onSubscribe({ setResultAndStopExecution }) {
      setResultAndStopExecution({ errors: [new GraphQLError('', { originalError: NOT_HERE })] })
    },
    onResultProcess({ request, result, setResult }) {
      if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return
      const language = languageOf(request.headers.get('accept-language'))
      const isRead = read.has(request)
      const errors = result.errors.map(error => errorOf(deps, { language }, isRead ? error : unreadable(error)))
      // Nothing was executed: the request itself was wrong, and HTTP says so where the caller understands that.
      const failed = 'data' in result && result.data !== undefined ? errors : errors.map(asBadRequest)
      setResult({ ...result, errors: failed })
    },
  }
}

/** A body or a query string that is no request: 400 also for clients that are answered 200 whatever they ask. */
function unreadable(error: GraphQLError): GraphQLError {
  const isExpected = error.originalError == null && error.extensions['unexpected'] !== true
  const http: unknown = error.extensions['http']
  const status = typeof http === 'object' && http !== null && 'status' in http ? http.status : 400
  const message = isExpected ? error.message : 'The request cannot be read'
  return new GraphQLError(message, { extensions: { http: { ...Object(http), status, spec: false } } })
}

/** What cannot be parsed is told so by the parser, to anybody. */
function mayBeSchemaOnly(query: string | undefined, operationName: string | undefined): boolean {
  if (query === undefined) return true
  try {
    return asksForSchemaOnly({ document: parseDocument(query), operationName })
  } catch {
    return true
  }
}

function asBadRequest(error: GraphQLError): GraphQLError {
  if (error.extensions['code'] === 'BAD_INPUT') error.extensions['http'] ??= { status: 400, spec: true }
  return error
}

const NOT_HERE = new Refusal('BAD_INPUT', {
  en: 'Subscriptions go over WebSocket (graphql-transport-ws) on the same path',
  zh: '订阅请在同一路径上使用 WebSocket（graphql-transport-ws）',
})
