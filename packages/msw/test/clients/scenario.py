"""The whole list with PyGithub, against a server of the fake; says what went wrong.

What this version of PyGithub has no method for goes through its own requester.
"""
import io
import os
import sys
import zipfile

import requests
from github import Github, GithubException

fake = os.environ["FAKE_URL"]
name = "octo-org/py"


def control(path, **body):
    response = requests.post(f"{fake}/_fake/{path}", json=body)
    response.raise_for_status()
    return response.json() if response.content else None


def create(**run):
    return control("create", repository=name, run=run)["run"]["id"]


def expect(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"{what}: {seen!r} instead of {wanted!r}")


def ask(verb, path, body=None):
    return requester.requestJsonAndCheck(verb, f"{repo.url}/actions/{path}", input=body)


def download(path):
    status, headers, _ = requester.requestJson("GET", f"{repo.url}/actions/{path}")
    expect(path, status, 302)
    return zipfile.ZipFile(io.BytesIO(requests.get(headers["location"]).content))


control("create", repository=name, run={"count": 65})
workflow = {"on": {"workflow_dispatch": {"inputs": {"target": {"required": True}}}}}
control("create", repository=name, workflows={"deploy.yml": workflow})
failed = create(preset="failure")
github = Github("ghp_mona", base_url=fake, per_page=30)
requester = github._Github__requester
repo = github.get_repo(name)
expect("repository", repo.default_branch, "main")
expect("pages", len(list(repo.get_workflow_runs())), 66)
expect("filter", [run.id for run in repo.get_workflow_runs(status="failure")], [failed])

run = repo.get_workflow_run(failed)
expect("view", (run.conclusion, run.head_branch, run.event), ("failure", "main", "push"))
_, jobs = requester.requestJsonAndCheck("GET", run.jobs_url)
expect("jobs", "failure" in [job["conclusion"] for job in jobs["jobs"]], True)
expect("re-run", run.rerun(), True)
statuses = []
while "completed" not in statuses and len(statuses) < 60:
    statuses.append(repo.get_workflow_run(failed).status)
    control("advance", by="10s")
expect("watch", (statuses[0] != "completed", statuses[-1]), (True, "completed"))
expect("conclusion", repo.get_workflow_run(failed).conclusion, "success")
expect("timing", repo.get_workflow_run(failed).timing().run_duration_ms > 0, True)

open_run = create(status="in_progress")
expect("cancel", repo.get_workflow_run(open_run).cancel(), True)
control("advance", by="1m")
expect("cancelled", repo.get_workflow_run(open_run).conclusion, "cancelled")
try:
    ask("POST", f"runs/{open_run}/cancel")
    sys.exit("a run that is over was cancelled")
except GithubException as error:
    expect("cancelled twice", error.status, 409)

deploy = repo.get_workflow("deploy.yml")
expect("workflow", (deploy.name, deploy.path), ("Deploy", ".github/workflows/deploy.yml"))
expect("dispatch", deploy.create_dispatch("main", {"target": "eu"}), True)
expect("dispatch without its input", deploy.create_dispatch("main", {}), False)
expect("started", deploy.get_runs()[0].event, "workflow_dispatch")
expect("workflows", sorted(one.name for one in repo.get_workflows()), ["CI", "Deploy"])

fork = create(preset="waitingForApproval")
expect("held", repo.get_workflow_run(fork).conclusion, "action_required")
ask("POST", f"runs/{fork}/approve")
ship = create(jobs=[{"name": "ship", "environment": "production"}])
_, pending = ask("GET", f"runs/{ship}/pending_deployments")
expect("deployments", [one["environment"]["name"] for one in pending], ["production"])
ids = [one["environment"]["id"] for one in pending]
review = {"environment_ids": ids, "state": "approved", "comment": "go"}
ask("POST", f"runs/{ship}/pending_deployments", review)
control("advance", by="1h")
expect("approved", [repo.get_workflow_run(one).conclusion for one in (fork, ship)], ["success"] * 2)

artifacts = [{"name": "report", "files": {"report.txt": "all green"}}]
built = create(status="completed", artifacts=artifacts)
_, listed = ask("GET", f"runs/{built}/artifacts")
artifact = listed["artifacts"][0]
expect("artifact", artifact["name"], "report")
archive = download(f"artifacts/{artifact['id']}/zip")
expect("its file", archive.read("report.txt"), b"all green")
expect("logs", any("build" in one for one in download(f"runs/{built}/logs").namelist()), True)

ask("DELETE", f"runs/{failed}")
print("done")
