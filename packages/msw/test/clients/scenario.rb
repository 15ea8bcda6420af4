# What octokit.rb can do with runs, against a server of the fake; raises what went wrong.
require "json"
require "net/http"
require "octokit"

FAKE = ENV.fetch("FAKE_URL")

def control(path, body)
  response = Net::HTTP.post(URI("#{FAKE}/_fake/#{path}"), body.to_json)
  raise response.body unless response.is_a?(Net::HTTPSuccess)
  response.body.to_s.empty? ? nil : JSON.parse(response.body)
end

def expect(what, seen, wanted)
  raise "#{what}: #{seen.inspect} instead of #{wanted.inspect}" unless seen == wanted
end

name = "octo-org/rb"
control("create", { repository: name, run: { count: 65 } })
failed = control("create", { repository: name, run: { preset: "failure" } })["run"]["id"]
github = Octokit::Client.new(api_endpoint: FAKE, access_token: "ghp_secret")
expect("repository", github.repository(name).default_branch, "main")
github.auto_paginate = true
expect("pages", github.repository_workflow_runs(name).workflow_runs.length, 66)
github.auto_paginate = false
found = github.repository_workflow_runs(name, status: "failure").workflow_runs
expect("filter", found.map(&:id), [failed])
expect("workflow", github.workflow(name, "ci.yml").path, ".github/workflows/ci.yml")
expect("runs of it", github.workflow_runs(name, "ci.yml").total_count, 66)
expect("re-run", github.rerun_workflow_run(name, failed), true)
control("advance", { by: "1h" })
expect("re-run's conclusion", github.workflow_run(name, failed).conclusion, "success")
expect("logs", github.workflow_run_logs(name, failed).start_with?("http"), true)
expect("logs deleted", github.delete_workflow_run_logs(name, failed), true)
open_run = control("create", { repository: name, run: { status: "in_progress" } })["run"]["id"]
expect("cancel", github.cancel_workflow_run(name, open_run), true)
control("advance", { by: "1m" })
expect("cancelled", github.workflow_run(name, open_run).conclusion, "cancelled")
puts "done"
