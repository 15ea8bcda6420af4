// The whole list with go-github, against a server of the fake; panics with what went wrong.
// What this version of go-github has no method for goes through its own NewRequest and Do.
package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/google/go-github/v48/github"
)

var ctx = context.Background()

const owner, repo = "octo-org", "go"

type made struct {
	Run  github.WorkflowRun
	Jobs []github.WorkflowJob
}

func control(path, body string) (answer made) {
	response, err := http.Post(os.Getenv("FAKE_URL")+"/_fake/"+path, "application/json", bytes.NewBufferString(body))
	must(err)
	text, err := io.ReadAll(response.Body)
	must(err)
	if response.StatusCode >= 300 {
		panic(string(text))
	}
	json.Unmarshal(text, &answer)
	return
}

func create(run string) int64 {
	made := control("create", `{"repository": "octo-org/go", "run": `+run+`}`)
	return made.Run.GetID()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func expect(what string, seen, wanted any) {
	if fmt.Sprint(seen) != fmt.Sprint(wanted) {
		panic(fmt.Sprintf("%s: %v instead of %v", what, seen, wanted))
	}
}

// The archive behind a signed URL, which takes no token.
func download(location *url.URL) *zip.Reader {
	response, err := http.Get(location.String())
	must(err)
	content, err := io.ReadAll(response.Body)
	must(err)
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	must(err)
	return archive
}

func main() {
	create(`{"count": 65}`)
	control("create", `{"repository": "octo-org/go", "workflows": {"deploy.yml": {"on": {"workflow_dispatch": {"inputs": {"target": {"required": true}}}}}}}`)
	id := create(`{"preset": "failure"}`)
	client := github.NewClient(nil)
	client.BaseURL, _ = url.Parse(os.Getenv("FAKE_URL") + "/")
	actions := client.Actions
	run := func(id int64) *github.WorkflowRun {
		run, _, err := actions.GetWorkflowRunByID(ctx, owner, repo, id)
		must(err)
		return run
	}

	repository, _, err := client.Repositories.Get(ctx, owner, repo)
	must(err)
	expect("repository", repository.GetDefaultBranch(), "main")
	count := 0
	options := &github.ListWorkflowRunsOptions{ListOptions: github.ListOptions{PerPage: 30}}
	for {
		runs, response, err := actions.ListRepositoryWorkflowRuns(ctx, owner, repo, options)
		must(err)
		count += len(runs.WorkflowRuns)
		if response.NextPage == 0 {
			break
		}
		options.Page = response.NextPage
	}
	expect("pages", count, 66)
	found, _, err := actions.ListRepositoryWorkflowRuns(ctx, owner, repo, &github.ListWorkflowRunsOptions{Status: "failure"})
	must(err)
	expect("filter", found.WorkflowRuns[0].GetID(), id)

	expect("view", []any{run(id).GetConclusion(), run(id).GetHeadBranch()}, "[failure main]")
	jobs, _, err := actions.ListWorkflowJobs(ctx, owner, repo, id, nil)
	must(err)
	expect("jobs", len(jobs.Jobs), 3)
	_, err = actions.RerunFailedJobsByID(ctx, owner, repo, id)
	must(err)
	polls := 0
	for ; run(id).GetStatus() != "completed" && polls < 60; polls++ {
		control("advance", `{"by": "10s"}`)
	}
	expect("watch", polls > 0 && polls < 60, true)
	expect("re-run", []any{run(id).GetConclusion(), run(id).GetRunAttempt()}, "[success 2]")
	first, _, err := actions.GetWorkflowRunAttempt(ctx, owner, repo, id, 1, nil)
	must(err)
	expect("attempt 1", first.GetConclusion(), "failure")
	usage, _, err := actions.GetWorkflowRunUsageByID(ctx, owner, repo, id)
	must(err)
	expect("usage", usage.GetRunDurationMS() > 0, true)

	open := create(`{"status": "in_progress"}`)
	_, err = actions.CancelWorkflowRunByID(ctx, owner, repo, open)
	if _, accepted := err.(*github.AcceptedError); !accepted {
		must(err)
	}
	control("advance", `{"by": "1m"}`)
	expect("cancelled", run(open).GetConclusion(), "cancelled")
	response, _ := actions.CancelWorkflowRunByID(ctx, owner, repo, open)
	expect("cancelled twice", response.StatusCode, 409)

	event := github.CreateWorkflowDispatchEventRequest{Ref: "main", Inputs: map[string]any{"target": "eu"}}
	_, err = actions.CreateWorkflowDispatchEventByFileName(ctx, owner, repo, "deploy.yml", event)
	must(err)
	response, _ = actions.CreateWorkflowDispatchEventByFileName(ctx, owner, repo, "deploy.yml", github.CreateWorkflowDispatchEventRequest{Ref: "main"})
	expect("dispatch without its input", response.StatusCode, 422)
	started, _, err := actions.ListWorkflowRunsByFileName(ctx, owner, repo, "deploy.yml", nil)
	must(err)
	expect("started", started.WorkflowRuns[0].GetEvent(), "workflow_dispatch")

	fork := create(`{"preset": "waitingForApproval"}`)
	call(client, "POST", fmt.Sprintf("runs/%d/approve", fork), nil)
	ship := create(`{"jobs": [{"name": "ship", "environment": "production"}]}`)
	var pending []struct {
		Environment struct {
			ID   int64
			Name string
		}
	}
	call(client, "GET", fmt.Sprintf("runs/%d/pending_deployments", ship), &pending)
	expect("deployments", pending[0].Environment.Name, "production")
	reviewed, _, err := actions.PendingDeployments(ctx, owner, repo, ship, &github.PendingDeploymentsRequest{
		EnvironmentIDs: []int64{pending[0].Environment.ID}, State: "approved", Comment: "go",
	})
	must(err)
	expect("reviewed", len(reviewed), 1)
	control("advance", `{"by": "1h"}`)
	expect("approved", []any{run(fork).GetConclusion(), run(ship).GetConclusion()}, "[success success]")

	built := create(`{"status": "completed", "artifacts": [{"name": "report", "files": {"report.txt": "all green"}}]}`)
	artifacts, _, err := actions.ListWorkflowRunArtifacts(ctx, owner, repo, built, nil)
	must(err)
	location, _, err := actions.DownloadArtifact(ctx, owner, repo, artifacts.Artifacts[0].GetID(), true)
	must(err)
	expect("artifact", download(location).File[0].Name, "report.txt")
	location, _, err = actions.GetWorkflowRunLogs(ctx, owner, repo, built, true)
	must(err)
	expect("log files", len(download(location).File) > 1, true)

	_, err = actions.DeleteWorkflowRun(ctx, owner, repo, id)
	must(err)
	fmt.Println("done")
}

func call(client *github.Client, method, path string, answer any) {
	request, err := client.NewRequest(method, fmt.Sprintf("repos/%s/%s/actions/%s", owner, repo, path), nil)
	must(err)
	_, err = client.Do(ctx, request, answer)
	must(err)
}
