/** `suffix`: after the name that was asked for; '' is the file itself. */
export type RenderedFile = { readonly suffix: string; readonly bytes: Uint8Array }
export type Rendered = {
  readonly files: readonly RenderedFile[]
  /** What the sidecar says of the file beside what was asked. */
  readonly facts: { readonly [name: string]: unknown }
}
export type OnProgress = (share: number) => void
