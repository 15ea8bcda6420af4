# The whole list with octokit.rb, against a server of the fake; raises what went wrong.
# What this version of octokit.rb has no method for goes through its `get` and `post`.
require "json"
require "net/http"
require "octokit"

FAKE = ENV.fetch("FAKE_URL")
NAME = "octo-org/rb"

def control(path, body)
  response = Net::HTTP.post(URI("#{FAKE}/_fake/#{path}"), body.to_json)
  raise response.body unless response.is_a?(Net::HTTPSuccess)
  response.body.to_s.empty? ? nil : JSON.parse(response.body)
end

def create(run)
  control("create", { repository: NAME, run: run })["run"]["id"]
end

def expect(what, seen, wanted)
  raise "#{what}: #{seen.inspect} instead of #{wanted.inspect}" unless seen == wanted
end

# A zip's signature, and what it holds; the logs' host takes no token.
def zip(location)
  body = Net::HTTP.get(URI(location))
  expect("zip", body.byteslice(0, 4), "PK\x03\x04")
  body
end

control("create", { repository: NAME, run: { count: 65 } })
workflow = { on: { workflow_dispatch: { inputs: { target: { required: true } } } } }
control("create", { repository: NAME, workflows: { "deploy.yml": workflow } })
failed = create({ preset: "failure" })
github = Octokit::Client.new(api_endpoint: FAKE, access_token: "ghp_mona")
expect("repository", github.repository(NAME).default_branch, "main")
ids = github.repository_workflow_runs(NAME, per_page: 30).workflow_runs.map(&:id)
while (following = github.last_response.rels[:next])
  ids.concat(github.get(following.href).workflow_runs.map(&:id))
end
expect("pages", ids.uniq.length, 66)
found = github.repository_workflow_runs(NAME, status: "failure").workflow_runs
expect("filter", found.map(&:id), [failed])

run = github.workflow_run(NAME, failed)
expect("view", [run.conclusion, run.head_branch], %w[failure main])
jobs = github.get(run.jobs_url).jobs
expect("jobs", jobs.map(&:conclusion).include?("failure"), true)
expect("re-run", github.rerun_workflow_run(NAME, failed), true)
statuses = []
until statuses.include?("completed") || statuses.length > 60
  statuses << github.workflow_run(NAME, failed).status
  control("advance", { by: "10s" })
end
expect("watch", [statuses.first == "completed", statuses.last], [false, "completed"])
expect("conclusion", github.workflow_run(NAME, failed).conclusion, "success")
expect("usage", github.get("repos/#{NAME}/actions/runs/#{failed}/timing").run_duration_ms.positive?, true)

open_run = create({ status: "in_progress" })
expect("cancel", github.cancel_workflow_run(NAME, open_run), true)
control("advance", { by: "1m" })
expect("cancelled", github.workflow_run(NAME, open_run).conclusion, "cancelled")
begin
  github.post("repos/#{NAME}/actions/runs/#{open_run}/cancel")
  raise "a run that is over was cancelled"
rescue Octokit::Conflict
  # 409
end

expect("workflow", github.workflow(NAME, "deploy.yml").path, ".github/workflows/deploy.yml")
expect("dispatch", github.workflow_dispatch(NAME, "deploy.yml", "main", inputs: { target: "eu" }), true)
begin
  github.workflow_dispatch(NAME, "deploy.yml", "main")
  raise "a dispatch without its input was taken"
rescue Octokit::UnprocessableEntity
  # 422
end
expect("started", github.workflow_runs(NAME, "deploy.yml").workflow_runs[0].event, "workflow_dispatch")
expect("workflows", github.workflows(NAME).workflows.map(&:name).sort, %w[CI Deploy])

fork_run = create({ preset: "waitingForApproval" })
github.post("repos/#{NAME}/actions/runs/#{fork_run}/approve")
ship = create({ jobs: [{ name: "ship", environment: "production" }] })
pending = github.get("repos/#{NAME}/actions/runs/#{ship}/pending_deployments")
expect("deployments", pending.map { |one| one.environment.name }, ["production"])
ids = pending.map { |one| one.environment.id }
github.post("repos/#{NAME}/actions/runs/#{ship}/pending_deployments",
            { environment_ids: ids, state: "approved", comment: "go" })
control("advance", { by: "1h" })
ends = [fork_run, ship].map { |id| github.workflow_run(NAME, id).conclusion }
expect("approved", ends, %w[success success])

artifacts = [{ name: "report", files: { "report.txt": "all green" } }]
built = create({ status: "completed", artifacts: artifacts })
artifact = github.get("repos/#{NAME}/actions/runs/#{built}/artifacts").artifacts[0]
expect("artifact", artifact.name, "report")
# As its own `workflow_run_logs` does.
direct = github.send(:client_without_redirects)
expect("its file", zip(direct.head(artifact.archive_download_url).headers["Location"]).include?("report.txt"), true)
zip(github.workflow_run_logs(NAME, built))
expect("logs deleted", github.delete_workflow_run_logs(NAME, built), true)

github.delete("repos/#{NAME}/actions/runs/#{failed}")
expect("delete", github.last_response.status, 204)
puts "done"
