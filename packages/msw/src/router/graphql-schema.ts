/** The part of GitHub's GraphQL schema that `gh` asks on its way to runs. */
export const schemaText = `
scalar DateTime
scalar URI
scalar GitObjectID

interface Node { id: ID! }

type Query {
  node(id: ID!): Node
  viewer: User!
  repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
  rateLimit(dryRun: Boolean = false): RateLimit
}

type RateLimit { limit: Int! cost: Int! remaining: Int! used: Int! resetAt: DateTime! }

interface RepositoryOwner { id: ID! login: String! url: URI! }
interface Actor { login: String! url: URI! }
type User implements RepositoryOwner & Actor { id: ID! login: String! url: URI! name: String }
type Organization implements RepositoryOwner & Actor { id: ID! login: String! url: URI! name: String }
type Bot implements Actor { id: ID! login: String! url: URI! }

enum RepositoryPermission { ADMIN MAINTAIN READ TRIAGE WRITE }
enum RepositoryVisibility { INTERNAL PRIVATE PUBLIC }
enum OrderDirection { ASC DESC }
enum IssueOrderField { CREATED_AT UPDATED_AT COMMENTS }
enum PullRequestState { CLOSED MERGED OPEN }
input IssueOrder { field: IssueOrderField! direction: OrderDirection! }

type Repository implements Node {
  id: ID!
  databaseId: Int
  name: String!
  nameWithOwner: String!
  owner: RepositoryOwner!
  description: String
  url: URI!
  sshUrl: String!
  createdAt: DateTime!
  isPrivate: Boolean!
  isFork: Boolean!
  isArchived: Boolean!
  visibility: RepositoryVisibility!
  hasIssuesEnabled: Boolean!
  hasWikiEnabled: Boolean!
  hasProjectsEnabled: Boolean!
  viewerPermission: RepositoryPermission
  defaultBranchRef: Ref
  ref(qualifiedName: String!): Ref
  parent: Repository
  mergeCommitAllowed: Boolean!
  rebaseMergeAllowed: Boolean!
  squashMergeAllowed: Boolean!
  pullRequest(number: Int!): PullRequest
  pullRequests(
    states: [PullRequestState!]
    headRefName: String
    baseRefName: String
    first: Int
    last: Int
    after: String
    orderBy: IssueOrder
  ): PullRequestConnection!
}

type Ref { id: ID! name: String! prefix: String! target: Commit }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type PullRequestConnection { totalCount: Int! nodes: [PullRequest] pageInfo: PageInfo! }

type PullRequest implements Node {
  id: ID!
  number: Int!
  title: String!
  state: PullRequestState!
  url: URI!
  body: String!
  isDraft: Boolean!
  isCrossRepository: Boolean!
  createdAt: DateTime!
  author: Actor
  baseRefName: String!
  headRefName: String!
  headRefOid: GitObjectID!
  headRepository: Repository
  headRepositoryOwner: RepositoryOwner
  commits(first: Int, last: Int): PullRequestCommitConnection!
}

type PullRequestCommitConnection { totalCount: Int! nodes: [PullRequestCommit] }
type PullRequestCommit { commit: Commit! }
type Commit { oid: GitObjectID! statusCheckRollup: StatusCheckRollup }
enum StatusState { ERROR EXPECTED FAILURE PENDING SUCCESS }
type StatusCheckRollup { state: StatusState! contexts(first: Int, after: String): ContextConnection! }
type ContextConnection { totalCount: Int! nodes: [StatusCheckRollupContext] pageInfo: PageInfo! }
union StatusCheckRollupContext = CheckRun | StatusContext
type StatusContext {
  id: ID! context: String! state: StatusState! targetUrl: URI createdAt: DateTime! description: String
  isRequired(pullRequestId: ID, pullRequestNumber: Int): Boolean!
}
type CheckRun {
  id: ID!
  databaseId: Int
  name: String!
  status: String!
  conclusion: String
  startedAt: DateTime
  completedAt: DateTime
  detailsUrl: URI
  checkSuite: CheckSuite!
  isRequired(pullRequestId: ID, pullRequestNumber: Int): Boolean!
  title: String
  summary: String
}
type CheckSuite { id: ID! workflowRun: WorkflowRun }
type WorkflowRun { id: ID! databaseId: Int event: String! url: URI! runNumber: Int! workflow: Workflow! }
type Workflow { id: ID! name: String! }
`;
