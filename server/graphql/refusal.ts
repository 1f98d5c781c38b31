import { GraphQLError } from 'graphql'
import type { CommandFailure } from '../commands/types.ts'

export const CODES = [
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'CONFLICT',
  'REFUSED',
  'RATE_LIMITED',
  'UNAVAILABLE',
] as const
export type Code = (typeof CODES)[number]
export type Language = 'en' | 'zh'
export type Message = { readonly en: string; readonly zh: string }

/** An expected "no" on its way to the caller: it is put into the caller's language where it leaves. */
export class Refusal extends Error {
  readonly code: Code
  readonly messages: Message
  readonly rule: string | undefined
  constructor(code: Code, messages: Message, rule?: string) {
    super(messages.en)
    this.code = code
    this.messages = messages
    this.rule = rule
  }
}

export function refusalOf(failure: CommandFailure): Refusal {
  return new Refusal(failure.code, failure.message, failure.rule)
}

export const UNAUTHENTICATED = new Refusal('UNAUTHENTICATED', {
  en: 'A valid token is needed: send it as "Authorization: Bearer …"',
  zh: '需要有效的令牌：请以 “Authorization: Bearer …” 发送',
})

const UNAVAILABLE: Message = {
  en: 'Something went wrong on our side; try again',
  zh: '服务器出错，请稍后再试',
}

/** What may leave: a code of the closed list, a message that a person can act on, nothing of the inside. */
export function publicError(error: unknown, language: Language, log: (inner: unknown) => void): GraphQLError {
  if (!(error instanceof GraphQLError))
    return error instanceof Refusal ? fromRefusal(error, null, language) : masked(error, null)
  if (isPublic(error)) return error
  const refusal = refusalIn(error)
  if (refusal !== null) return fromRefusal(refusal, error, language)
  const inner = error.originalError
  if (error.extensions['unexpected'] === true || (inner != null && !(inner instanceof GraphQLError))) {
    return masked(inner ?? error, error)
  }
  // What graphql-js says itself: syntax, validation, values that don't fit their type.
  const said = error.message.length > LONGEST_MESSAGE ? `${error.message.slice(0, LONGEST_MESSAGE)}…` : error.message
  const message = language === 'zh' ? `请求有误：${said}` : said
  return made(message, 'BAD_INPUT', undefined, error, httpOf(error))

  function masked(cause: unknown, at: GraphQLError | null): GraphQLError {
    log(cause)
    return made(UNAVAILABLE[language], 'UNAVAILABLE', undefined, at, undefined)
  }
}

/** graphql-js repeats the value that does not fit, however long it is. */
const LONGEST_MESSAGE = 500

const PUBLIC = new WeakSet<GraphQLError>()

function isPublic(error: GraphQLError): boolean {
  return PUBLIC.has(error)
}

function refusalIn(error: GraphQLError): Refusal | null {
  let inner: unknown = error.originalError
  while (inner instanceof GraphQLError) inner = inner.originalError
  return inner instanceof Refusal ? inner : null
}

function fromRefusal(refusal: Refusal, at: GraphQLError | null, language: Language): GraphQLError {
  const http = refusal.code === 'UNAUTHENTICATED' ? { status: 401, spec: true } : undefined
  return made(refusal.messages[language], refusal.code, refusal.rule, at, http)
}

function made(
  message: string,
  code: Code,
  rule: string | undefined,
  at: GraphQLError | null,
  http: object | undefined,
): GraphQLError {
  const error = new GraphQLError(message, {
    nodes: at?.nodes,
    source: at?.source,
    positions: at?.positions,
    path: at?.path,
    extensions: { code, ...(rule === undefined ? {} : { rule }), ...(http === undefined ? {} : { http }) },
  })
  PUBLIC.add(error)
  return error
}

function httpOf({ extensions }: GraphQLError): object | undefined {
  const http = extensions['http']
  return typeof http === 'object' && http !== null ? http : undefined
}

/** Chinese unless English is wanted more. */
export function languageOf(acceptLanguage: string | null | undefined): Language {
  const wanted = (acceptLanguage ?? '').split(',').map(part => {
    const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
    const q = rest.find(parameter => parameter.trim().startsWith('q='))
    return { tag, q: q === undefined ? 1 : Number(q.trim().slice(2)) }
  })
  const known = wanted.filter(({ tag, q }) => q > 0 && /^(en|zh)\b/.test(tag)).sort((a, b) => b.q - a.q)
  return known[0]?.tag.startsWith('en') ? 'en' : 'zh'
}
