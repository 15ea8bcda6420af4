// What go-github can do with runs, against a server of the fake; panics with what went wrong.
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

func main() {
	control("create", `{"repository": "octo-org/go", "run": {"count": 65}}`)
	failed := control("create", `{"repository": "octo-org/go", "run": {"preset": "failure"}}`)
	client := github.NewClient(nil)
	client.BaseURL, _ = url.Parse(os.Getenv("FAKE_URL") + "/")
	actions := client.Actions
	id := failed.Run.GetID()

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
	jobs, _, err := actions.ListWorkflowJobs(ctx, owner, repo, id, nil)
	must(err)
	expect("jobs", len(jobs.Jobs), 3)
	_, err = actions.RerunFailedJobsByID(ctx, owner, repo, id)
	must(err)
	control("advance", `{"by": "1h"}`)
	run, _, err := actions.GetWorkflowRunByID(ctx, owner, repo, id)
	must(err)
	expect("re-run", []any{run.GetConclusion(), run.GetRunAttempt()}, "[success 2]")
	first, _, err := actions.GetWorkflowRunAttempt(ctx, owner, repo, id, 1, nil)
	must(err)
	expect("attempt 1", first.GetConclusion(), "failure")
	location, _, err := actions.GetWorkflowRunLogs(ctx, owner, repo, id, true)
	must(err)
	response, err := http.Get(location.String())
	must(err)
	bytesOf, err := io.ReadAll(response.Body)
	must(err)
	archive, err := zip.NewReader(bytes.NewReader(bytesOf), int64(len(bytesOf)))
	must(err)
	expect("log files", len(archive.File) > 1, true)
	usage, _, err := actions.GetWorkflowRunUsageByID(ctx, owner, repo, id)
	must(err)
	expect("usage", usage.GetRunDurationMS() > 0, true)

	open := control("create", `{"repository": "octo-org/go", "run": {"status": "in_progress"}}`)
	_, err = actions.CancelWorkflowRunByID(ctx, owner, repo, open.Run.GetID())
	if _, accepted := err.(*github.AcceptedError); !accepted {
		must(err)
	}
	control("advance", `{"by": "1m"}`)
	cancelled, _, err := actions.GetWorkflowRunByID(ctx, owner, repo, open.Run.GetID())
	must(err)
	expect("cancelled", cancelled.GetConclusion(), "cancelled")

	ship := control("create", `{"repository": "octo-org/go", "run": {"jobs": [{"name": "ship", "environment": "production"}]}}`)
	pending, _, err := actions.PendingDeployments(ctx, owner, repo, ship.Run.GetID(), &github.PendingDeploymentsRequest{
		EnvironmentIDs: []int64{environmentID(client, ship.Run.GetID())}, State: "approved", Comment: "go",
	})
	must(err)
	expect("deployments", len(pending), 1)
	_, err = actions.DeleteWorkflowRun(ctx, owner, repo, id)
	must(err)
	fmt.Println("done")
}

// This version of go-github has no method for the list.
func environmentID(client *github.Client, run int64) int64 {
	request, err := client.NewRequest("GET", fmt.Sprintf("repos/%s/%s/actions/runs/%d/pending_deployments", owner, repo, run), nil)
	must(err)
	var pending []struct{ Environment struct{ ID int64 } }
	_, err = client.Do(ctx, request, &pending)
	must(err)
	return pending[0].Environment.ID
}
