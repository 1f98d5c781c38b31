import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  MaxIntrospectionDepthRule,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

/** A document that asks for more than any screen does is refused before it costs anything. */
export const LIMITS = { tokens: 5000, depth: 12, aliases: 60, cost: 2_000_000 }

/** How many rows a list is reckoned to have, where no `first` says it. */
const ROWS = 20

export const limitRules: readonly ValidationRule[] = [MaxIntrospectionDepthRule, measureRule]

type Measure = { depth: number; cost: number }

function measureRule(context: ValidationContext): ASTVisitor {
  let aliases = 0
  return {
    Field(node) {
      if (node.alias !== undefined) aliases++
    },
    Document: {
      leave(document: DocumentNode) {
        if (aliases > LIMITS.aliases) tell(context, `at most ${LIMITS.aliases} aliases, here ${aliases}`)
        const fragments = fragmentsOf(document)
        for (const definition of document.definitions) {
          if (definition.kind !== Kind.OPERATION_DEFINITION) continue
          const root = context.getSchema().getRootType(definition.operation)
          if (root == null) continue
          const { depth, cost } = measure(context, fragments, definition.selectionSet, root, new Set())
          if (depth > LIMITS.depth) tell(context, `at most ${LIMITS.depth} levels deep, here ${depth}`)
          if (cost > LIMITS.cost)
            tell(context, `it asks for about ${Math.round(cost)} values, more than ${LIMITS.cost}`)
        }
      },
    },
  }
}

function measure(
  context: ValidationContext,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  { selections }: SelectionSetNode,
  type: GraphQLOutputType,
  spread: ReadonlySet<string>,
): Measure {
  const total: Measure = { depth: 0, cost: 0 }
  for (const selection of selections) {
    const found = measureOne()
    total.depth = Math.max(total.depth, found.depth)
    total.cost += found.cost

    function measureOne(): Measure {
      if (selection.kind === Kind.FIELD) return measureField(context, fragments, selection, type, spread)
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value
        return measure(context, fragments, selection.selectionSet, named(context, name) ?? type, spread)
      }
      const fragment = fragments.get(selection.name.value)
      if (fragment === undefined || spread.has(selection.name.value)) return { depth: 0, cost: 0 }
      const inside = named(context, fragment.typeCondition.name.value) ?? type
      return measure(context, fragments, fragment.selectionSet, inside, new Set([...spread, selection.name.value]))
    }
  }
  return total
}

function measureField(
  context: ValidationContext,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  field: FieldNode,
  parent: GraphQLOutputType,
  spread: ReadonlySet<string>,
): Measure {
  const owner = getNamedType(parent)
  const definition = isObjectType(owner) ? owner.getFields()[field.name.value] : undefined
  // Introspection has a rule of its own; an unknown field is another rule's business.
  if (definition === undefined || field.selectionSet === undefined) return { depth: 1, cost: 1 }
  const below = measure(context, fragments, field.selectionSet, getNamedType(definition.type), spread)
  return { depth: below.depth + 1, cost: 1 + below.cost * rowsOf(field, definition.type) }
}

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
