/** The one owner of Apollo Client and of the socket. */
import { ApolloClient, HttpLink, InMemoryCache, type OperationVariables, type TypedDocumentNode } from '@apollo/client'
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'
import { print } from 'graphql'
import { createClient } from 'graphql-ws'
import { onScopeDispose, type ShallowRef, shallowRef, watchEffect } from 'vue'
import { backOffMs } from './backOff.ts'
import { doorFault } from './doorFault.ts'

export type Follower<T> = { next(data: T): void; error(error: unknown): void }
export type Api = {
  ask<T, V extends OperationVariables>(query: TypedDocumentNode<T, V>, variables: V): Promise<T>
  /** Follows a subscription until the returned function is called; variables are taken afresh at each reconnection. */
  follow<T, V extends OperationVariables>(
    subscription: TypedDocumentNode<T, V>,
    variables: () => V,
    follower: Follower<T>,
  ): () => void
  /** What lies outside GraphQL: heat counts and the basemap. Throws when it doesn't come. */
  fetch(path: string, signal?: AbortSignal): Promise<Response>
  /** Asks for something with JSON; a refusal is an answer like any other, for its words are the server's. */
  post(path: string, body: unknown): Promise<Response>
  isSocketOpen: Readonly<ShallowRef<boolean>>
  /** Gives a silent socket up, so that it is opened again. */
  terminate(): void
  close(): void
}

export function createApi(origin: string, token: string, chance: () => number): Api {
  const authorization = `Bearer ${token}`
  const apollo = new ApolloClient({
    link: new HttpLink({ uri: `${origin}/graphql`, headers: { authorization } }),
    cache: new InMemoryCache(),
    // A wall's store is its own cache: what is on it is always what was last told.
    defaultOptions: { query: { fetchPolicy: 'no-cache' } },
  })
  const isSocketOpen = shallowRef(false)
  const socket = createClient({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization },
    retryAttempts: 0, // It would subscribe again with the old cursor; follow() does it with the last.
    lazy: true,
    keepAlive: 10_000,
    onNonLazyError: () => {},
    on: {
      connected: () => {
        isSocketOpen.value = true
      },
      closed: () => {
        isSocketOpen.value = false
      },
    },
  })
  return {
    isSocketOpen,
    terminate: () => socket.terminate(),
    close: () => {
      apollo.stop()
      void socket.dispose()
    },
    async fetch(path, signal) {
      const answer = fetch(`${origin}${path}`, { headers: { authorization }, signal: signal ?? null })
      const response = await answer.catch(error => {
        throw signal?.aborted ? error : doorFault(path, null, error)
      })
      if (!response.ok) throw doorFault(path, response.status)
      return response
    },
    post: (path, body) =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async ask(query, variables) {
      const { data } = await apollo.query({ query, variables } as Parameters<typeof apollo.query>[0])
      return data as never
    },
    follow<T, V extends OperationVariables>(
      subscription: TypedDocumentNode<T, V>,
      variables: () => V,
      follower: Follower<T>,
    ) {
      const query = print(subscription)
      let attempt = 0
      let timer: ReturnType<typeof setTimeout> | undefined
      let unsubscribe = () => {}
      let isFollowing = true
      const again = () => {
        if (!isFollowing) return
        timer = setTimeout(subscribe, backOffMs(attempt, chance()))
        attempt += 1
      }
      const subscribe = () => {
        unsubscribe = socket.subscribe<T>(
          { query, variables: variables() },
          {
            next: result => {
              if (!isFollowing) return
              attempt = 0
              if (result.errors) follower.error(new CombinedGraphQLErrors({ errors: result.errors }))
              else if (result.data) follower.next(result.data)
            },
            error: error => {
              if (isFollowing) follower.error(error)
              again()
            },
            complete: again,
          },
        )
      }
      subscribe()
      return () => {
        isFollowing = false
        clearTimeout(timer)
        unsubscribe()
      }
    },
  }
}

export type Problem = 'unauthenticated' | 'forbidden' | 'unavailable'

/** What went wrong, as far as a wall can tell people. */
export function problemOf(error: unknown): Problem {
  if (CombinedGraphQLErrors.is(error)) {
    const codes = error.errors.map(each => each.extensions?.['code'])
    if (codes.includes('UNAUTHENTICATED')) return 'unauthenticated'
    if (codes.includes('FORBIDDEN')) return 'forbidden'
  }
  const status = ServerError.is(error) ? error.statusCode : closeCode(error)
  if (status === 401 || status === 4401) return 'unauthenticated'
  if (status === 403 || status === 4403) return 'forbidden'
  return 'unavailable'
}

const closeCode = (error: unknown): number | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' ? error.code : null

/** An answer that follows its variables; null while none is wanted. An older answer never replaces a newer one. */
export function useAnswer<T, V extends OperationVariables>(
  ask: Api['ask'],
  query: TypedDocumentNode<T, V>,
  variables: () => V | null,
): Readonly<ShallowRef<T | null>> {
  const answer = shallowRef<T | null>(null)
  let asked = 0
  watchEffect(() => {
    const wanted = variables()
    const turn = ++asked
    if (wanted === null) {
      answer.value = null
      return
    }
    ask(query, wanted).then(
      data => {
        if (turn === asked) answer.value = data
      },
      () => {}, // The panel stays empty and says "—"; what fails everywhere is told by the link.
    )
  })
  onScopeDispose(() => {
    asked = -1
  })
  return answer
}
