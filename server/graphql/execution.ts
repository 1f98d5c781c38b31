import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
} from 'graphql'
import type { Viewer } from '../access/viewer.ts'
import type { Context, GraphqlDeps } from './context.ts'
import { openReading } from './reading.ts'
import { type Language, publicError, UNAUTHENTICATED } from './refusal.ts'

export type Caller = {
  readonly viewer: Viewer | null
  readonly authorization: string | null
  readonly language: Language
}

/** Executes one query or mutation within one reading, which is closed whatever comes of it. */
export async function executeOnce(
  deps: GraphqlDeps,
  caller: Caller,
  args: Omit<ExecutionArgs, 'contextValue'> & { schema: GraphQLSchema; document: DocumentNode },
): Promise<ExecutionResult> {
  if (caller.viewer === null) {
    // What the schema is may be asked by anybody; what is in the store may not.
    return asksForSchemaOnly(args) ? execute(args) : { errors: [errorOf(deps, caller, UNAUTHENTICATED)] }
  }
  const reading = await openReading(deps.app, caller.viewer)
  try {
    const { language, authorization } = caller
    const contextValue: Context = { deps, reading, language, authorization }
    return made(deps, caller, await execute({ ...args, contextValue }))
  } finally {
    await reading.close()
  }
}

/** With errors as they may leave. */
export function made<R extends { errors?: readonly GraphQLError[] | undefined }>(
  deps: GraphqlDeps,
  { language }: Caller,
  result: R,
): R {
  if (result.errors === undefined) return result
  return { ...result, errors: result.errors.map(error => errorOf(deps, { language }, error)) }
}

export function errorOf(deps: GraphqlDeps, { language }: Pick<Caller, 'language'>, error: unknown): GraphQLError {
  return publicError(error, language, inner => {
    const detail = inner instanceof Error ? (inner.stack ?? inner.message) : String(inner)
    deps.app.log('graphql failed', { error: detail })
  })
}

/** Introspection and nothing else. */
export function asksForSchemaOnly({
  document,
  operationName,
}: Pick<ExecutionArgs, 'document' | 'operationName'>): boolean {
  const operation = getOperationAST(document, operationName)
  if (operation == null || operation.operation !== 'query') return false
  return operation.selectionSet.selections.every(node => node.kind === Kind.FIELD && node.name.value.startsWith('__'))
}
