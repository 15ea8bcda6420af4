"""What PyGithub can do with runs, against a server of the fake; prints what went wrong."""
import os
import sys

import requests
from github import Github

fake = os.environ["FAKE_URL"]


def control(path, **body):
    response = requests.post(f"{fake}/_fake/{path}", json=body)
    response.raise_for_status()
    return response.json() if response.content else None


def expect(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"{what}: {seen!r} instead of {wanted!r}")


name = "octo-org/py"
control("create", repository=name, run={"count": 65})
failed = control("create", repository=name, run={"preset": "failure"})["run"]
repo = Github("ghp_secret", base_url=fake, per_page=30).get_repo(name)
expect("repository", repo.default_branch, "main")
expect("pages", len(list(repo.get_workflow_runs())), 66)
expect("filter", [run.id for run in repo.get_workflow_runs(status="failure")], [failed["id"]])
run = repo.get_workflow_run(failed["id"])
expect("view", (run.conclusion, run.head_branch, run.event), ("failure", "main", "push"))
expect("rerun", run.rerun(), True)
control("advance", by="1h")
run = repo.get_workflow_run(failed["id"])
expect("re-run's conclusion", run.conclusion, "success")
expect("timing", run.timing().run_duration_ms > 0, True)
open_run = control("create", repository=name, run={"status": "in_progress"})["run"]
expect("cancel", repo.get_workflow_run(open_run["id"]).cancel(), True)
control("advance", by="1m")
expect("cancelled", repo.get_workflow_run(open_run["id"]).conclusion, "cancelled")
workflow = repo.get_workflow("ci.yml")
expect("workflow", (workflow.name, workflow.path), ("CI", ".github/workflows/ci.yml"))
expect("workflows", [one.name for one in repo.get_workflows()], ["CI", "Deploy"][: repo.get_workflows().totalCount])
expect("runs of it", workflow.get_runs().totalCount, 67)
print("done")
