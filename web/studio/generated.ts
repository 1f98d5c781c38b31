/* Written by generate.ts; do not edit. */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type AsOf = {
  at?: string | null | undefined;
  knownAt?: string | null | undefined;
};

export type Tier =
  | 'MINOR'
  | 'MAJOR'
  | 'HARD';

export type IncidentStatus =
  | 'SIGNALLED'
  | 'REPORTED'
  | 'DISPATCHED'
  | 'ACCEPTED'
  | 'ARRIVED'
  | 'PAUSED'
  | 'RESOLVED'
  | 'CLOSED'
  | 'MERGED'
  | 'VOIDED';

export type ClockState =
  | 'NOT_APPLICABLE'
  | 'PENDING'
  | 'RUNNING'
  | 'PAUSED'
  | 'MET'
  | 'BREACHED';

export type GroupBy =
  | 'AREA'
  | 'LEVEL'
  | 'CATEGORY'
  | 'SOURCE'
  | 'TIER'
  | 'WORKER'
  | 'HOUR'
  | 'DAY';

export type IncidentFilter = {
  area?: string | number | null | undefined;
  open?: boolean | null | undefined;
  status?: Array<IncidentStatus> | null | undefined;
  category?: Array<string | number> | null | undefined;
  source?: Array<string | number> | null | undefined;
  tier?: Array<Tier> | null | undefined;
  clock?: string | number | null | undefined;
  clockState?: Array<ClockState> | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  text?: string | null | undefined;
  measure?: Measure | null | undefined;
  group?: GroupInput | null | undefined;
};

export type Measure =
  | 'COHORT'
  | 'SIGNALLED'
  | 'REPORTED'
  | 'RESOLVED'
  | 'CLOSED'
  | 'CLOSED_ON_TIME'
  | 'RATED'
  | 'SATISFIED'
  | 'OPEN'
  | 'AWAITING'
  | 'VOIDED'
  | 'MERGED'
  | 'UNLOCATED'
  | 'TOLD_LATE'
  | 'DECIDED_LATE'
  | 'REMOVED_AFTER_BREACH';

export type GroupInput = {
  by: GroupBy;
  key?: string | number | null | undefined;
};

export type StudioReferenceQueryVariables = Exact<{ [key: string]: never; }>;


export type StudioReferenceQuery = { me: { role: string, name: string | null }, sources: Array<{ id: string, name: string, kind: string }>, policies: Array<{ clocks: Array<{ name: string }> }> };

export type StudioIncidentsQueryVariables = Exact<{
  filter: IncidentFilter;
  first: number;
  after?: string | null | undefined;
  asOf?: AsOf | null | undefined;
}>;


export type StudioIncidentsQuery = { incidents: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, number: string, status: IncidentStatus, title: string, category: string, path: Array<string>, place: { lng: number, lat: number } | null, facts: Array<{ type: string, at: string, actor: string | null, reason: string | null }> }> } };

export type StudioBeatSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type StudioBeatSubscription = { changes: Array<
    | { __typename: 'IncidentChanged' }
    | { __typename: 'IncidentLeft' }
    | { __typename: 'WorkerChanged' }
    | { __typename: 'Heartbeat', head: number, serverTime: string }
    | { __typename: 'Lagged' }
  > };


export const StudioReferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StudioReference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"policies"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<StudioReferenceQuery, StudioReferenceQueryVariables>;
export const StudioIncidentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StudioIncidents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IncidentFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AsOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"incidents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"place"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lng"}},{"kind":"Field","name":{"kind":"Name","value":"lat"}}]}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"facts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}}]} as unknown as DocumentNode<StudioIncidentsQuery, StudioIncidentsQueryVariables>;
export const StudioBeatDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"StudioBeat"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Heartbeat"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"head"}},{"kind":"Field","name":{"kind":"Name","value":"serverTime"}}]}}]}}]}}]} as unknown as DocumentNode<StudioBeatSubscription, StudioBeatSubscriptionVariables>;