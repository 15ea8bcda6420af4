/** The part of GitHub's GraphQL schema that `gh` needs on its way to runs. */
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
  search(query: String!, type: SearchType!, first: Int, last: Int, after: String, before: String): SearchConnection!
}

enum SearchType { DISCUSSION ISSUE ISSUE_ADVANCED REPOSITORY USER }
union SearchResultItem = PullRequest | Repository
type SearchEdge { cursor: String! node: SearchResultItem }
type SearchConnection { issueCount: Int! nodes: [SearchResultItem] edges: [SearchEdge] pageInfo: PageInfo! }

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
enum PullRequestState { OPEN CLOSED MERGED }
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
  homepageUrl: URI
  pushedAt: DateTime
  updatedAt: DateTime!
  forkCount: Int!
  stargazerCount: Int!
  watchers(first: Int): UserConnection!
  isEmpty: Boolean!
  isInOrganization: Boolean!
  isMirror: Boolean!
  isTemplate: Boolean!
  hasDiscussionsEnabled: Boolean!
  deleteBranchOnMerge: Boolean!
  viewerCanAdminister: Boolean!
  viewerDefaultMergeMethod: String!
  licenseInfo: License
  latestRelease: Release
  primaryLanguage: Language
  languages(first: Int): LanguageConnection!
  repositoryTopics(first: Int): RepositoryTopicConnection!
  issues(states: [IssueState!], first: Int): IssueConnection!
  labels(first: Int): LabelConnection!
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

enum IssueState { CLOSED OPEN }
type License { key: String! name: String! nickname: String }
type Release { name: String tagName: String! publishedAt: DateTime url: URI! }
type Language { name: String! }
type LanguageEdge { size: Int! node: Language! }
type LanguageConnection { totalCount: Int! edges: [LanguageEdge] nodes: [Language] }
type Topic { name: String! }
type RepositoryTopic { topic: Topic! }
type RepositoryTopicConnection { totalCount: Int! nodes: [RepositoryTopic] }
type UserConnection { totalCount: Int! nodes: [User] pageInfo: PageInfo! }

type BranchProtectionRule { requiresStrictStatusChecks: Boolean! }
type Ref { id: ID! name: String! prefix: String! target: Commit branchProtectionRule: BranchProtectionRule }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type PullRequestEdge { cursor: String! node: PullRequest }
type PullRequestConnection { totalCount: Int! nodes: [PullRequest] edges: [PullRequestEdge] pageInfo: PageInfo! }

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
  commits(first: Int, last: Int, after: String): PullRequestCommitConnection!
  fullDatabaseId: String
  additions: Int!
  deletions: Int!
  changedFiles: Int!
  closed: Boolean!
  closedAt: DateTime
  mergedAt: DateTime
  updatedAt: DateTime!
  merged: Boolean!
  mergedBy: Actor
  mergeCommit: Commit
  potentialMergeCommit: Commit
  mergeable: MergeableState!
  mergeStateStatus: MergeStateStatus!
  maintainerCanModify: Boolean!
  isInMergeQueue: Boolean!
  isMergeQueueEnabled: Boolean!
  autoMergeRequest: AutoMergeRequest
  baseRef: Ref
  baseRefOid: GitObjectID!
  reviewDecision: PullRequestReviewDecision
  reviewRequests(first: Int): ReviewRequestConnection
  reviews(first: Int, last: Int, after: String): PullRequestReviewConnection
  latestReviews(first: Int): PullRequestReviewConnection
  comments(first: Int, last: Int, after: String): IssueCommentConnection!
  assignees(first: Int): UserConnection!
  labels(first: Int): LabelConnection
  files(first: Int, after: String): PullRequestChangedFileConnection
  milestone: Milestone
  projectCards(first: Int): ProjectCardConnection!
  projectItems(first: Int, after: String): ProjectV2ItemConnection!
  closingIssuesReferences(first: Int, after: String): IssueConnection
  reactionGroups: [ReactionGroup!]
}

enum MergeableState { CONFLICTING MERGEABLE UNKNOWN }
enum MergeStateStatus { BEHIND BLOCKED CLEAN DIRTY DRAFT HAS_HOOKS UNKNOWN UNSTABLE }
enum PullRequestReviewDecision { APPROVED CHANGES_REQUESTED REVIEW_REQUIRED }
type AutoMergeRequest { mergeMethod: String! enabledAt: DateTime authorEmail: String commitHeadline: String commitBody: String enabledBy: Actor }
type Team { id: ID! name: String! slug: String! organization: Organization! }
union RequestedReviewer = Team | User
type ReviewRequest { requestedReviewer: RequestedReviewer }
type ReviewRequestConnection { totalCount: Int! nodes: [ReviewRequest] }
type PullRequestReview {
  id: ID! author: Actor authorAssociation: String! body: String! state: String! submittedAt: DateTime
  commit: Commit reactionGroups: [ReactionGroup!]
}
type PullRequestReviewConnection { totalCount: Int! nodes: [PullRequestReview] pageInfo: PageInfo! }
type IssueComment {
  id: ID! author: Actor authorAssociation: String! body: String! createdAt: DateTime! url: URI!
  includesCreatedEdit: Boolean! isMinimized: Boolean! minimizedReason: String viewerDidAuthor: Boolean!
  reactionGroups: [ReactionGroup!]
}
type IssueCommentConnection { totalCount: Int! nodes: [IssueComment] pageInfo: PageInfo! }
type ReactingUserConnection { totalCount: Int! }
type ReactionGroup { content: String! users(first: Int): ReactingUserConnection! }
type Label { id: ID! name: String! description: String color: String! }
type LabelConnection { totalCount: Int! nodes: [Label] pageInfo: PageInfo! }
type PullRequestChangedFile { path: String! additions: Int! deletions: Int! }
type PullRequestChangedFileConnection { totalCount: Int! nodes: [PullRequestChangedFile] pageInfo: PageInfo! }
type Milestone { number: Int! title: String! description: String dueOn: DateTime }
type Project { name: String! }
type ProjectColumn { name: String! }
type ProjectCard { project: Project! column: ProjectColumn }
type ProjectCardConnection { totalCount: Int! nodes: [ProjectCard] }
type ProjectV2 { id: ID! title: String! }
type ProjectV2ItemFieldSingleSelectValue { optionId: String name: String }
union ProjectV2ItemFieldValue = ProjectV2ItemFieldSingleSelectValue
type ProjectV2Item { id: ID! project: ProjectV2! fieldValueByName(name: String!): ProjectV2ItemFieldValue }
type ProjectV2ItemConnection { totalCount: Int! nodes: [ProjectV2Item] pageInfo: PageInfo! }
type Issue { id: ID! number: Int! title: String! url: URI! state: IssueState! repository: Repository! }
type IssueConnection { totalCount: Int! nodes: [Issue] pageInfo: PageInfo! }

type PullRequestCommitConnection { totalCount: Int! nodes: [PullRequestCommit] }
type PullRequestCommit { commit: Commit! }
type GitActor { name: String email: String user: User }
type GitActorConnection { totalCount: Int! nodes: [GitActor] }
type Commit {
  oid: GitObjectID!
  messageHeadline: String!
  messageBody: String!
  committedDate: DateTime!
  authoredDate: DateTime!
  authors(first: Int): GitActorConnection!
  statusCheckRollup: StatusCheckRollup
}
enum StatusState { ERROR EXPECTED FAILURE PENDING SUCCESS }
type StatusCheckRollup { state: StatusState! contexts(first: Int, after: String): ContextConnection! }
type StateCount { state: String! count: Int! }
type ContextConnection {
  totalCount: Int!
  nodes: [StatusCheckRollupContext]
  pageInfo: PageInfo!
  checkRunCount: Int!
  checkRunCountsByState: [StateCount!]
  statusContextCount: Int!
  statusContextCountsByState: [StateCount!]
}
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
