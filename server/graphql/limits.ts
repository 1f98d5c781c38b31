import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FloatValueNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  type IntValueNode,
  isListType,
  isObjectType,
  Kind,
  Lexer,
  MaxIntrospectionDepthRule,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

/** A document that asks for more than any screen does is refused before it costs anything. */
export const LIMITS = { tokens: 5000, nesting: 100, depth: 12, aliases: 60, cost: 2_000_000 }

/** How many rows a list is reckoned to have, where no `first` says it. */
const ROWS = 20
/** What a search costs before its first row: twenty in one document are enough for any screen. */
const SEARCH = 90_000

export const limitRules: readonly ValidationRule[] = [MaxIntrospectionDepthRule, finiteRule, measureRule]

/** Throws a GraphQLError for what is no document, or a monstrous one. */
export function parseDocument(text: string | Source): DocumentNode {
  const source = typeof text === 'string' ? new Source(text) : text
  // The parser calls itself for every bracket: what goes too deep must not reach it.
  const lexer = new Lexer(source)
  let nesting = 0
  for (let tokens = 0; tokens <= LIMITS.tokens && lexer.token.kind !== TokenKind.EOF; tokens++) {
    const { kind } = lexer.advance()
    if (OPENING.includes(kind)) nesting++
    else if (CLOSING.includes(kind)) nesting--
    if (nesting > LIMITS.nesting)
      throw new GraphQLError(`The document asks for too much: at most ${LIMITS.nesting} brackets in brackets`)
  }
  return parse(source, { maxTokens: LIMITS.tokens })
}

const OPENING: readonly TokenKind[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]
const CLOSING: readonly TokenKind[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]

/** 1e999 is a literal of GraphQL, and no number that anything here could be. */
function finiteRule(context: ValidationContext): ASTVisitor {
  const check = (node: FloatValueNode | IntValueNode) => {
    if (Number.isFinite(Number(node.value))) return
    context.reportError(new GraphQLError('A number is too large', { nodes: [node] }))
  }
  return { FloatValue: check, IntValue: check }
}

type Measure = { readonly depth: number; readonly cost: number }
type Measuring = {
  readonly context: ValidationContext
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Each fragment is measured once: twenty that spread the next one twice are a million otherwise. */
  readonly measured: Map<string, Measure>
}

const NOTHING: Measure = { depth: 0, cost: 0 }

function measureRule(context: ValidationContext): ASTVisitor {
  let aliases = 0
  return {
    Field(node) {
      if (node.alias !== undefined) aliases++
    },
    Document: {
      leave(document: DocumentNode) {
        if (aliases > LIMITS.aliases) tell(context, `at most ${LIMITS.aliases} aliases, here ${aliases}`)
        const measuring = { context, fragments: fragmentsOf(document), measured: new Map<string, Measure>() }
        for (const definition of document.definitions) {
          if (definition.kind !== Kind.OPERATION_DEFINITION) continue
          const root = context.getSchema().getRootType(definition.operation)
          if (root == null) continue
          const { depth, cost } = measure(measuring, definition.selectionSet, root)
          if (depth > LIMITS.depth) tell(context, `at most ${LIMITS.depth} levels deep, here ${depth}`)
          if (cost > LIMITS.cost)
            tell(context, `it asks for about ${Math.round(cost)} values, more than ${LIMITS.cost}`)
        }
      },
    },
  }
}

function measure(measuring: Measuring, { selections }: SelectionSetNode, type: GraphQLOutputType): Measure {
  let depth = 0
  let cost = 0
  for (const selection of selections) {
    const found = measureOne(measuring, selection, type)
    depth = Math.max(depth, found.depth)
    cost += found.cost
  }
  return { depth, cost }
}

function measureOne(measuring: Measuring, selection: SelectionNode, type: GraphQLOutputType): Measure {
  if (selection.kind === Kind.FIELD) return measureField(measuring, selection, type)
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const name = selection.typeCondition?.name.value
    return measure(measuring, selection.selectionSet, named(measuring.context, name) ?? type)
  }
  const name = selection.name.value
  const fragment = measuring.fragments.get(name)
  if (fragment === undefined) return NOTHING
  const known = measuring.measured.get(name)
  if (known !== undefined) return known
  // What leads in a circle counts as nothing inside itself: another rule refuses it.
  measuring.measured.set(name, NOTHING)
  const inside = named(measuring.context, fragment.typeCondition.name.value) ?? type
  const found = measure(measuring, fragment.selectionSet, inside)
  measuring.measured.set(name, found)
  return found
}

function measureField(measuring: Measuring, field: FieldNode, parent: GraphQLOutputType): Measure {
  const owner = getNamedType(parent)
  const definition = isObjectType(owner) ? owner.getFields()[field.name.value] : undefined
  // Introspection has a rule of its own; an unknown field is another rule's business.
  if (definition === undefined || field.selectionSet === undefined) return { depth: 1, cost: 1 }
  const below = measure(measuring, field.selectionSet, getNamedType(definition.type))
  const rows = rowsOf(field, definition.type)
  return { depth: below.depth + 1, cost: 1 + below.cost * rows + (isSearch(owner, field) ? SEARCH : 0) }
}

/** What walks through incidents, or through the past, however little it answers. */
function isSearch(owner: GraphQLOutputType, field: FieldNode): boolean {
  if (!isObjectType(owner) || owner.name !== 'Query') return false
  const given = (name: string) => field.arguments?.find(argument => argument.name.value === name)?.value
  switch (field.name.value) {
    case 'slaSummary':
    case 'flow':
    case 'rates':
    case 'cohort':
    case 'track':
      return true
    case 'workers':
      return given('asOf') !== undefined
    case 'incidents': {
      if (given('asOf') !== undefined) return true
      const filter = given('filter')
      // What a variable holds is not known yet.
      if (filter?.kind !== Kind.OBJECT) return filter !== undefined
      return filter.fields.some(({ name }) => SEARCHING.includes(name.value))
    }
    default:
      return false
  }
}

/** Parts of a filter that no index answers. */
const SEARCHING: readonly string[] = ['text', 'clock', 'clockState', 'measure', 'group']

/** A connection has as many rows as its `first` (a variable: as many as it may be); its list of nodes is those same rows. */
function rowsOf(field: FieldNode, type: GraphQLOutputType): number {
  const first = field.arguments?.find(argument => argument.name.value === 'first')?.value
  if (first?.kind === Kind.INT) return Math.max(1, Number(first.value))
  if (first !== undefined) return 1000
  if (field.name.value === 'incidents') return 50
  return isListType(getNullableType(type)) && field.name.value !== 'nodes' ? ROWS : 1
}

function named(context: ValidationContext, name: string | undefined): GraphQLOutputType | undefined {
  const type = name === undefined ? undefined : context.getSchema().getType(name)
  return isObjectType(type) ? type : undefined
}

function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const found = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(found.map(fragment => [fragment.name.value, fragment]))
}

function tell(context: ValidationContext, what: string): void {
  context.reportError(new GraphQLError(`The document asks for too much: ${what}`))
}
