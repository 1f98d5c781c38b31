/** Why a door outside GraphQL gave nothing: the status that it answered with; null: it was not reached. */
export type DoorFault = Error & { readonly status: number | null }

export function doorFault(path: string, status: number | null, cause?: unknown): DoorFault {
  const said = status === null ? 'was not reached' : `answered ${status}`
  return Object.assign(new Error(`${path} ${said}`, { cause }), { status })
}

export const isDoorFault = (error: unknown): error is DoorFault => error instanceof Error && 'status' in error
